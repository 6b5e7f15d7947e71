"""Failures that the person at the keyboard can mend."""


class Trouble(SystemExit):
    """One sentence that says what to do. Uncaught, Python prints it without a traceback and exits with 1."""
