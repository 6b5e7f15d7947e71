"""The metrics' SQL, folded by hand, against the recount."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from metrics.models import Metric
from metrics.slots import slots_between
from tests.demo import recount
from workshops.demo import catalogue
from workshops.demo.flights import CYCLE, ORIGIN, ZONE

Connection = psycopg.Connection[Any]
Row = dict[str, Any]

TODAY = datetime.now(tz=ZONE).date()
LAST_YEAR = [TODAY - timedelta(days=days) for days in range(1, 365)]


def serves(day: date) -> date:
    return ORIGIN + (day - ORIGIN) % CYCLE


def serving(day: date) -> date:
    """The last day on which the flights of this day of 2013 came round."""
    return next(past for past in LAST_YEAR if (past - day) % CYCLE == timedelta(0))


def changing(length: timedelta) -> date:
    """The last day of that length. A week in seven years has none of them in the 52 weeks before it: then yesterday."""
    return next((past for past in LAST_YEAR if length_of(past) == length), LAST_YEAR[0])


def length_of(day: date) -> timedelta:
    return recount.midnight(day + recount.DAY) - recount.midnight(day)


DAYS = {
    "yesterday": LAST_YEAR[0],
    "first day of the back-fill": TODAY - timedelta(days=90),
    "storm, nothing leaves before noon": serving(date(2013, 2, 9)),
    "seam of the cycle": serving(ORIGIN),
    "day of 23 hours": changing(timedelta(hours=23)),
    "day of 25 hours": changing(timedelta(hours=25)),
}


def ask(reader: Connection, query: str, start: datetime, end: datetime) -> list[Row]:
    values = {"start": start, "end": end, "step": catalogue.CADENCES[query].length}
    return reader.cursor(row_factory=dict_row).execute(catalogue.text_of(query), values, prepare=True).fetchall()


def ask_day(reader: Connection, query: str, day: date) -> list[Row]:
    return ask(reader, query, recount.midnight(day), recount.midnight(day + recount.DAY))


def folded(entry: catalogue.Entry, rows: list[Row]) -> Fraction | None:
    match entry.instrument, entry.statistic:
        case Metric.Instrument.COUNTER, _:
            return sum((exact(row[entry.column]) for row in rows), Fraction())
        case Metric.Instrument.GAUGE, Metric.Statistic.LAST:
            return exact(rows[-1][entry.column])
        case Metric.Instrument.GAUGE, _:
            return weighted_mean([(exact(row[entry.column]), weight(row, entry)) for row in rows if weight(row, entry)])
        case _:
            return recount.ranked([row["bound"] for row in rows for _ in range(row[entry.column])], entry.percent)


def weight(row: Row, entry: catalogue.Entry) -> int:
    own = f"{entry.column}_weight"
    return int(row[own if own in row else "weight"])


def exact(value: Decimal | int) -> Fraction:
    return Fraction(value)


def weighted_mean(pairs: list[tuple[Fraction, int]]) -> Fraction | None:
    total = sum(weight for _, weight in pairs)
    return sum((value * weight for value, weight in pairs), Fraction()) / total if total else None


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_a_day_of_every_metric_equals_the_recount(reader: Connection, day: date) -> None:
    expected = recount.recount(day)

    answers = {entry.name: folded(entry, ask_day(reader, entry.query, day)) for entry in catalogue.ENTRIES}

    assert answers.keys() == expected.keys()
    assert {name: rounded(value) for name, value in answers.items()} == {
        name: rounded(value) for name, value in expected.items()
    }


def test_today_holds_what_has_happened_by_now(reader: Connection) -> None:
    row = reader.execute("SELECT now()").fetchone()
    assert row
    now, day = row[0], row[0].astimezone(ZONE).date()
    expected = recount.recount(day, now=now)

    answers = {entry.name: folded(entry, ask_day(reader, entry.query, day)) for entry in catalogue.ENTRIES}

    assert {name: rounded(value) for name, value in answers.items()} == {
        name: rounded(value) for name, value in expected.items()
    }


def rounded(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 9)


@pytest.mark.parametrize("query", catalogue.CADENCES)
@pytest.mark.parametrize("day", [TODAY, *DAYS.values()], ids=["today", *DAYS])
def test_every_slot_of_a_day_is_answered_once(reader: Connection, query: str, day: date) -> None:
    start, end = recount.midnight(day), recount.midnight(day + recount.DAY)

    rows = ask(reader, query, start, end)

    answered = [row["ts"].astimezone(UTC) for row in rows]
    slots = list(slots_between(start, end, catalogue.CADENCES[query], ZONE))
    if query.endswith("_delays"):  # one row a minute of delay, none for a slot without flights
        assert set(answered) <= set(slots)
    else:
        assert answered == slots


@pytest.mark.parametrize("query", catalogue.CADENCES)
def test_three_days_are_answered_well_within_a_second(reader: Connection, query: str) -> None:
    reader.execute("SET statement_timeout = '1s'")

    rows = ask(reader, query, recount.midnight(TODAY - timedelta(days=3)), recount.midnight(TODAY))

    assert rows
