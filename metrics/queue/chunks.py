"""A long stretch of slots, cut into pieces that one refresh can answer."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from mdd.models import User
from metrics.models import Backfill, Metric, Query, Refresh
from metrics.slots import Cadence, next_slot, slot_at, slots_between

SLOTS = 1_440  # a day of minutes: each piece costs as much as a thousand readings, beside its readings
TIMED = 480  # a timer has a row for each bound; with up to ten of them a slot it is still one answer


def back_fill(
    query: Query,
    start: datetime,
    end: datetime,
    *,
    now: datetime,
    by: User | None = None,
    is_interactive: bool = False,
    metric: Metric | None = None,
) -> Backfill:
    """Ask again for all slots from the one that starts at `start` to the one that ends at `end`, as rows to be done.

    The caller holds the query's row locked and its transaction holds the rows.
    """
    backfill = Backfill.objects.create(
        query=query, start=start, end=end, by=by, is_interactive=is_interactive, metric=metric
    )
    Refresh.objects.bulk_create(
        Refresh(query=query, backfill=backfill, slot=first, until=last, due_at=now)
        for first, last in cut(slots_of(query, start, end), size_for(query))
    )
    return backfill


def size_for(query: Query) -> int:
    """How many slots are asked for at once."""
    return TIMED if query.metrics.filter(instrument=Metric.Instrument.TIMER).exists() else SLOTS


def cut(slots: list[datetime], size: int) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each piece, given the starts of all slots and the end of the last."""
    for first in range(0, len(slots) - 1, size):
        yield slots[first], slots[min(first + size, len(slots) - 1)]


def slots_of(query: Query, start: datetime, end: datetime) -> list[datetime]:
    """The starts of all slots that lie between, and the end of the last one."""
    cadence, zone = Cadence(query.cadence), ZoneInfo(query.squad.zone)
    starts = list(slots_between(start, end, cadence, zone))
    return [*starts, next_slot(starts[-1], cadence, zone)] if starts else []


def around(query: Query, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The nearest whole slots that hold all of the time from `start` to `end`."""
    cadence, squad = Cadence(query.cadence), query.squad
    zone = ZoneInfo(squad.zone)
    first = slot_at(start, cadence, zone, squad.week_start)
    last = slot_at(end, cadence, zone, squad.week_start)
    return first, last if last == end else next_slot(last, cadence, zone)


def middle_of(refresh: Refresh) -> datetime | None:
    """The start of the slot in the middle of a stretch, or nothing for a single slot."""
    slots = slots_of(refresh.query, refresh.slot, refresh.until)
    return slots[len(slots) // 2] if len(slots) > 2 else None
