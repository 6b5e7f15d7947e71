"""Turns a source's rows into readings, or says in one sentence why they are none.

Rows with a `ts` column belong to the slot that starts then; rows without belong to the slot that was asked for.
A gauge or counter reads its column once a slot; `weight`, or `<column>_weight`, says what a gauge's value weighs in a
mean. A timer reads counts from its column, one row for each upper bound in the column `bound`.
A slot that the rows do not mention was asked and had nothing to tell: it becomes a reading without a value, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import inf, isfinite
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from metrics.readings import LARGEST, Reading
from metrics.slots import DAY
from metrics.sources.contract import Result
from metrics.sources.errors import Code, SourceError

Row = tuple[object, ...]
NUMBERS = (int, float, Decimal)


@dataclass(frozen=True)
class Wanted:
    """The column that a metric reads, and whether it reads a distribution from it."""

    metric_id: int
    column: str
    is_timer: bool = False


@dataclass(frozen=True)
class Fitting:
    """What metrics read, and why others of the same answer read nothing, by their ids."""

    readings: Sequence[Reading] = ()
    misfits: Mapping[int, str] = field(default_factory=dict)

    def __add__(self, newer: Fitting) -> Fitting:
        return Fitting([*self.readings, *newer.readings], {**self.misfits, **newer.misfits})


@dataclass(frozen=True)
class Places:
    """Where a metric's cells stand in each row; a weight with its name."""

    value: int
    bound: int = 0
    weight: tuple[int, str] | None = None


@dataclass(frozen=True)
class Slots:
    """The slots that were asked for, by their starts (aware, in order), in the squad's zone."""

    starts: Sequence[datetime]
    end: datetime
    step: timedelta
    zone: ZoneInfo

    def spoken(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"


def fitting(result: Result, wanted: Sequence[Wanted], slots: Slots) -> Fitting:
    """One reading for each slot and metric whose column fits. Raises SourceError BAD_SHAPE where none does."""
    rows = by_slot(result, slots)
    found: list[Reading] = []
    misfits: dict[int, str] = {}
    for column in wanted:
        try:
            found += of_column(column, result, rows, slots)
        except SourceError as error:
            misfits[column.metric_id] = error.sentence[:400]
    if misfits and len(misfits) == len(wanted):
        raise misfit(first(misfits), misfits)
    return Fitting(found, misfits)


def of_column(wanted: Wanted, result: Result, rows: dict[datetime, list[Row]], slots: Slots) -> list[Reading]:
    """One reading for each slot. Raises SourceError BAD_SHAPE."""
    places = places_of(wanted, result)
    return [reading(wanted, at, some, places, slots) for at, some in rows.items()]


def by_slot(result: Result, slots: Slots) -> dict[datetime, list[Row]]:
    """The rows of each slot. Raises SourceError BAD_SHAPE."""
    if not result.is_series and len(slots.starts) > 1:
        raise misfit(_("The answer has no column “ts”, so it cannot be spread over several slots."))

    if not result.is_series:
        return {slots.starts[0]: list(result.rows)}

    found: dict[datetime, list[Row]] = {at: [] for at in slots.starts}
    ts = place_of("ts", result)
    for row in result.rows:
        at = moment(row[ts], slots)
        if at not in found:
            raise misplaced(at, slots)
        found[at].append(row)
    return found


def places_of(wanted: Wanted, result: Result) -> Places:
    """Raises SourceError BAD_SHAPE where a column is missing."""
    value = place_of(wanted.column, result)
    if wanted.is_timer:
        return Places(value, bound=place_of("bound", result))
    for name in (f"{wanted.column}_weight", "weight"):
        if name in result.columns and name != wanted.column:
            return Places(value, weight=(result.columns.index(name), name))
    return Places(value)


def place_of(column: str, result: Result) -> int:
    if column not in result.columns:
        sentence = _("The answer has no column “%(column)s”; it has %(columns)s.")
        raise misfit(sentence % {"column": column, "columns": ", ".join(result.columns) or _("none")})
    return result.columns.index(column)


def misplaced(at: datetime, slots: Slots) -> SourceError:
    if slots.starts[0] <= at < slots.end:
        sentence = _("%(at)s is not the start of a slot. Cut the times, for example with date_trunc.")
    else:
        sentence = _("%(at)s lies outside the time that was asked for. Compare with %%(start)s and %%(end)s.")
    return misfit(sentence % {"at": slots.spoken(at)})


def moment(value: object, slots: Slots) -> datetime:
    """The aware time in a `ts` cell. A plain date is midnight in the squad's zone, where slots last days."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            sentence = _("The times in “ts” have no time zone. Write ts AT TIME ZONE '%(zone)s', or wherever they are.")
            raise misfit(sentence % {"zone": slots.zone.key})
        return in_utc(value, slots)
    if isinstance(value, date) and slots.step >= DAY:
        return in_utc(datetime.combine(value, time(), slots.zone), slots)
    raise no_time(value)


def in_utc(at: datetime, slots: Slots) -> datetime:
    """Raises SourceError BAD_SHAPE for the first and the last hours of the calendar, which other zones do not have.

    Python holds times of the repeated hour in autumn unequal to any other zone's.
    """
    try:
        return at.astimezone(slots.zone).astimezone(UTC)
    except OverflowError as error:
        raise no_time(at) from error


def no_time(value: object) -> SourceError:
    return misfit(_("“ts” holds %(value)s where a time is wanted.") % {"value": shown(value)})


def reading(wanted: Wanted, at: datetime, rows: Sequence[Row], places: Places, slots: Slots) -> Reading:
    if wanted.is_timer:
        counts = dict(distribution(wanted, at, rows, places, slots))
        return Reading(wanted.metric_id, at, None, distribution=counts)
    if not rows:
        return Reading(wanted.metric_id, at, None)
    if len(rows) > 1:
        once = _("%(at)s comes %(times)d times in the answer; one row a slot is wanted.")
        raise misfit(once % {"at": slots.spoken(at), "times": len(rows)})
    value = number(rows[0][places.value], wanted.column)
    return Reading(wanted.metric_id, at, value, weight(rows[0], *places.weight) if places.weight else 1.0)


def distribution(
    wanted: Wanted, at: datetime, rows: Iterable[Row], places: Places, slots: Slots
) -> Iterator[tuple[float, int]]:
    seen: set[float] = set()
    for row in rows:
        bound, count = number(row[places.bound], "bound"), number(row[places.value], wanted.column)
        if bound is None or count is None or count < 0 or count != int(count):
            raise misfit(_("A timer wants a bound and how many there were, in whole numbers, in every row."))
        if bound in seen:
            twice = _("The bound %(bound)g comes twice for %(at)s.")
            raise misfit(twice % {"bound": bound, "at": slots.spoken(at)})
        seen.add(bound)
        yield bound, int(count)


def weight(row: Row, place: int, name: str) -> float:
    value = number(row[place], name) or 0.0
    if value < 0:
        raise misfit(_("“%(column)s” is negative.") % {"column": name})
    return value


def number(value: object, column: str) -> float | None:
    """The finite number in a cell, or nothing where it is empty. Raises SourceError BAD_SHAPE."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, NUMBERS):
        raise misfit(
            _("“%(column)s” holds %(value)s where a number is wanted.") % {"column": column, "value": shown(value)}
        )
    if not isfinite(found := as_float(value)):
        raise misfit(_("“%(column)s” holds %(value)s, which is no number.") % {"column": column, "value": value})
    if abs(found) > LARGEST:
        raise misfit(_("“%(column)s” holds %(value)s, which is too large.") % {"column": column, "value": shown(value)})
    return found


def as_float(value: float | Decimal) -> float:
    """Numbers too large for a float are infinite here."""
    try:
        return float(value)
    except (OverflowError, ValueError):
        return inf


def shown(value: object) -> str:
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def first(misfits: Mapping[int, str]) -> str:
    return next(iter(misfits.values()))


def misfit(sentence: str, misfits: Mapping[int, str] | None = None) -> SourceError:
    return SourceError(Code.BAD_SHAPE, sentence, misfits=misfits)
