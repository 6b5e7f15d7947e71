"""What an action says when it does not do what was asked."""

from mdd.actions.refusals import Refused

__all__ = ["Refused", "TooLate"]


class TooLate(Refused):
    """It came after the moment until which it would have counted. An outbox gives it back instead of dropping it."""
