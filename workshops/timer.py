"""The time box of a stage: it ends at a moment of the server's clock, or rests with some seconds left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from workshops.models import Workshop

FIELDS = ("timer_ends_at", "timer_paused_left", "added_seconds")


@dataclass(frozen=True)
class Clock:
    """`ends_at` is None while it rests, `left` (seconds) while it runs."""

    seconds: int
    ends_at: datetime | None
    left: int | None

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    @property
    def minutes_left(self) -> int:
        """While it rests, rounded up."""
        return -(-(self.left or 0) // 60)


def of(workshop: Workshop, minutes: int) -> Clock:
    """The clock of a stage that was given so many minutes."""
    seconds = minutes * 60 + workshop.added_seconds
    if workshop.timer_paused_left is not None:
        return Clock(seconds, None, workshop.timer_paused_left)
    begun = workshop.stage_since + timedelta(seconds=seconds)
    return Clock(seconds, workshop.timer_ends_at or begun, None)


def begin(workshop: Workshop) -> None:
    """Let the whole box lie ahead."""
    workshop.stage_since = timezone.now()
    workshop.timer_ends_at = workshop.timer_paused_left = None
    workshop.added_seconds = 0


def add(workshop: Workshop, minutes: int, *, more: int) -> None:
    """Give it more minutes. A box that is over gets them from now on."""
    clock = of(workshop, minutes)
    workshop.added_seconds += more * 60
    if clock.ends_at is None:
        workshop.timer_paused_left = (clock.left or 0) + more * 60
    else:
        workshop.timer_ends_at = max(clock.ends_at, timezone.now()) + timedelta(minutes=more)


def rest(workshop: Workshop, minutes: int) -> None:
    clock = of(workshop, minutes)
    if clock.ends_at is not None:
        left = round((clock.ends_at - timezone.now()).total_seconds())
        workshop.timer_ends_at, workshop.timer_paused_left = None, max(left, 0)


def go_on(workshop: Workshop) -> None:
    if workshop.timer_paused_left is not None:
        workshop.timer_ends_at = timezone.now() + timedelta(seconds=workshop.timer_paused_left)
        workshop.timer_paused_left = None
