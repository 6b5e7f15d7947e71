"""What the supervisor knows of a process."""

from collections.abc import Callable
from dataclasses import dataclass

from mdd.engines.engine import Command


def at_once() -> bool:
    return True


def always(up_for: float) -> bool:
    """A running process is taken for a living one."""
    return up_for >= 0


@dataclass(frozen=True)
class Child:
    """A process to keep running.

    `command` prepares each start. `is_ready` asks the process itself whether it does its work; it may block for a
    few seconds, and within `ready_within` seconds has to say yes. `is_alive` is asked every few seconds once it is
    ready, with the seconds since then: False has a hung process ended and started anew. `patience`: seconds to stop
    by itself before it is killed.
    """

    name: str
    command: Callable[[], Command]
    is_ready: Callable[[], bool] = at_once
    ready_within: float = 60.0
    is_alive: Callable[[float], bool] = always
    patience: float = 5.0


@dataclass(frozen=True)
class Step:
    """A process that runs once, to its end."""

    name: str
    command: Callable[[], Command]
    patience: float = 5.0


class GaveUp(Exception):
    """The instance cannot come up; the text is one sentence for the person who started it."""
