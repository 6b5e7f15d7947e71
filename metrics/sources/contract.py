"""What a source can do, and what it is given to do it with. Sources never touch our models."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms

from metrics.egress import Guard

from .deadline import Deadline

Config = Mapping[str, object]


@dataclass(frozen=True)
class Window:
    """The half-open time that is asked for, cut into slots of `step`. Days are those of `zone`."""

    start: datetime
    end: datetime
    step: timedelta
    zone: ZoneInfo


@dataclass(frozen=True)
class Result:
    """Rows as the source gave them, under the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    @property
    def is_series(self) -> bool:
        """Rows tell their own time; otherwise the answer belongs to the window that was asked for."""
        return "ts" in self.columns


@dataclass(frozen=True)
class Limits:
    """How much one answer may hold."""

    rows: int = 5_000
    body: int = 2_000_000


@dataclass(frozen=True)
class Context:
    """Made for one run: the deadline, the way out, the secrets, and whether anybody still waits for the answer."""

    deadline: Deadline
    net: Guard
    secret: Callable[[str], str]
    is_wanted: Callable[[], bool] = lambda: True
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Health:
    """What a check found out. Warnings are for operators, such as "this role may write"."""

    version: str
    warnings: tuple[str, ...] = ()


class Source(ABC):
    """One kind of system.

    Fields named in `secrets` are only ever written; changing a field in `pinned` asks for them anew, so that nobody
    can point a stored password at a server of their own.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    Form: ClassVar[type[forms.Form]]
    secrets: ClassVar[tuple[str, ...]] = ()
    pinned: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def check(self, config: Config, context: Context) -> Health:
        """Connect and look. Cheap. Raises SourceError."""

    @abstractmethod
    def verify(self, text: str) -> None:
        """Refuse a query that cannot work, without asking anybody. Raises SourceError."""

    @abstractmethod
    def run(self, config: Config, text: str, window: Window, context: Context) -> Result:
        """Ask. Raises SourceError; never answers with part of what was asked for."""
