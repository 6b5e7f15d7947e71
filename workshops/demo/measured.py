"""What an entry's metric was on each day of a stretch, asked of the source as every other question is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from metrics.context import context_for
from metrics.models import Source
from metrics.queue.asking import Question
from metrics.readings import Reading
from metrics.shape import Wanted
from metrics.slots import DAY
from metrics.sources import registry
from workshops.demo.catalogue import Entry
from workshops.demo.flights import ZONE, midnight

TIMED_AT_ONCE = timedelta(days=21)  # one row for each minute of delay on each day: more would be too long an answer


def days(source: Source, entry: Entry, *, first: date, last: date) -> list[float | None]:
    """The value of each day from first up to last, None where nothing happened. Raises SourceError."""
    question = Question(
        source=registry.of(source.kind),
        config=source.config,
        text=entry.text,
        wanted=(Wanted(0, entry.column, entry.is_timer),),
        step=DAY,
        zone=ZONE,
    )
    values: list[float | None] = []
    for start, end in pieces(first, last, TIMED_AT_ONCE if entry.is_timer else last - first):
        slots = [midnight(start + n * DAY) for n in range((end - start).days)]
        _, told = question.put(slots, midnight(end), context_for(source, seconds=source.seconds))
        values += [value(reading, entry) for reading in told.readings]
    return values


def pieces(first: date, last: date, length: timedelta) -> Iterator[tuple[date, date]]:
    while first < last:
        yield first, min(first + length, last)
        first += length


def value(reading: Reading, entry: Entry) -> float | None:
    if reading.distribution is None:
        return reading.value
    return ranked({float(bound): count for bound, count in reading.distribution.items()}, entry.percent)


def ranked(counts: Mapping[float, int], percent: int) -> float | None:
    """Nearest rank: the smallest value that at least `percent` of 100 do not exceed."""
    total, seen = sum(counts.values()), 0
    for bound in sorted(counts):
        seen += counts[bound]
        if seen * 100 >= percent * total:
            return bound
    return None
