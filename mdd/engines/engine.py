"""What an engine is to those who start it: the supervisor, and `python -m mdd.engines with`."""

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Command:
    """A program to run in the foreground. `user` runs it; None means whoever started us."""

    argv: tuple[str, ...]
    environ: dict[str, str]
    folder: Path
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM


class Engine(Protocol):
    """`command` prepares the files, `is_ready` asks the server itself, `settle` makes roles and databases."""

    @property
    def name(self) -> str: ...

    def command(self) -> Command: ...

    def is_ready(self) -> bool: ...

    def settle(self) -> None: ...
