"""A metric's days, or its weeks where it gets one value a week: which are over, which are still open.

A period is closed, and so may be judged, when it is over and its answers are in: for a query, one for each of its slots
and the latest taken after its end. What does not come is waited for until the grace and two more slots have passed;
then the period is closed without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from metrics.models import Metric
from metrics.pace import Seen
from metrics.slots import DAY, Cadence
from metrics.status import Feed

TOLERANCE = 2  # slots that an answer may be late, beside the grace, before anybody is told


class Folded(NamedTuple):
    """What a day's roll-up says: the statistic over its samples, how many those are, when the latest was taken."""

    reading: float | None
    samples: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a week, by its first and last day, with its value, or none; `is_asked` where there are samples."""

    first: date
    last: date
    value: float | None
    is_closed: bool
    is_asked: bool


@dataclass(frozen=True)
class Rhythm:
    """What a metric's zone, cadence and feed say about its periods."""

    zone: ZoneInfo
    cadence: Cadence
    grace: timedelta
    is_by_hand: bool
    week_start: int = 0

    @property
    def length(self) -> timedelta:
        return 7 * DAY if self.cadence is Cadence.WEEK else DAY

    @property
    def patience(self) -> timedelta:
        """How long after a slot's end its answer may come without being late."""
        return self.grace if self.is_by_hand else self.grace + TOLERANCE * self.cadence.length

    def first_day(self, day: date) -> date:
        """The first day of the period that holds a day."""
        if self.length == DAY:
            return day
        return day - (day.weekday() - self.week_start) % 7 * DAY

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


def rhythm_of(metric: Metric) -> Rhythm:
    return Rhythm(metric.zone, metric.cadence, metric.grace, metric.query_id is None, metric.squad.week_start)


def periods(rhythm: Rhythm, days: Mapping[date, Folded], *, since: date, now: datetime) -> Iterator[Period]:
    """Every period from the one that holds `since` to the one that holds `now`, oldest first, gaps included."""
    first, today = rhythm.first_day(since), now.astimezone(rhythm.zone).date()
    long_ago = today - rhythm.patience - 2 * DAY
    while first <= today:
        after = first + rhythm.length
        folded = latest(days, first, after)
        value = folded.reading if folded else None
        is_done = after < long_ago or is_closed(rhythm, rhythm.midnight(first), rhythm.midnight(after), folded, now)
        yield Period(first, after - DAY, value, is_closed=is_done, is_asked=folded is not None)
        first = after


def latest(days: Mapping[date, Folded], first: date, after: date) -> Folded | None:
    """A week's one value lies on one of its days; a day's on itself."""
    if after - first == DAY:
        return days.get(first)
    of_week = (days.get(after - back * DAY) for back in range(1, (after - first).days + 1))
    return next(filter(None, of_week), None)


def is_closed(rhythm: Rhythm, start: datetime, end: datetime, folded: Folded | None, now: datetime) -> bool:
    if now < end:
        return False
    return is_in(rhythm, start, end, folded) or now > end + rhythm.patience


def is_in(rhythm: Rhythm, start: datetime, end: datetime, folded: Folded | None) -> bool:
    if folded is None or rhythm.is_by_hand:
        return folded is not None
    slots = (end.astimezone(UTC) - start.astimezone(UTC)) // rhythm.cadence.length
    return folded.samples >= slots and folded.taken_at >= end


def closed(some: Iterable[Period]) -> list[Seen]:
    """The closed periods up to the newest, as a goal sees them. One that waits is left to wait."""
    return [Seen(period.last, period.value) for period in some if period.is_closed]


def feed(rhythm: Rhythm, *, answered_at: datetime | None, last_value: date | None, needs_a_human: bool = False) -> Feed:
    """How the feed goes: `answered_at` counts for a query, the day of the last value for what is written by hand."""
    if not rhythm.is_by_hand:
        fresh = answered_at and answered_at + rhythm.cadence.length + rhythm.patience
        return Feed(needs_a_human, fresh)
    if last_value is None:
        return Feed()
    next_end = rhythm.first_day(last_value) + 2 * rhythm.length
    return Feed(fresh_until=rhythm.midnight(next_end) + rhythm.patience)
