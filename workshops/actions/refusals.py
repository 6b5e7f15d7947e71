"""What an action says when it does not do what was asked."""

from mdd.actions.refusals import Refused

__all__ = ["Refused"]
