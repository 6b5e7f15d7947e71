"""What an action says when it does not do what was asked."""


class Refused(Exception):
    """Nothing was changed. The message is one sentence for whoever asked, who then sees the fresh state."""
