"""From rows to readings, and every reason why rows are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import shape
from metrics.readings import Reading
from metrics.shape import Slots, Wanted
from metrics.sources.contract import Result
from metrics.sources.errors import Code, SourceError

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HOUR = timedelta(hours=1)
ONE, TWO, THREE = (datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (1, 2, 3))
HOURS = Slots((ONE, TWO), THREE, HOUR, STOCKHOLM)
ALONE = Slots((ONE,), TWO, HOUR, STOCKHOLM)
VALUE = Wanted(7, "value")
TIMER = Wanted(7, "calls", is_timer=True)


def read(columns: str, *rows: tuple[object, ...], wanted: Wanted = VALUE, slots: Slots = HOURS) -> list[Reading]:
    return list(shape.fitting(Result(tuple(columns.split()), rows), [wanted], slots).readings)


def test_one_row_is_the_value_of_the_slot() -> None:
    assert read("value", (5,), slots=ALONE) == [Reading(7, ONE, 5.0)]


def test_rows_with_times_fall_into_their_slots() -> None:
    rows = [(TWO, Decimal("2.5")), (ONE, 1)]

    assert read("ts value", *rows) == [Reading(7, ONE, 1.0), Reading(7, TWO, 2.5)]


def test_a_time_may_be_told_in_any_zone() -> None:
    there = ONE.astimezone(timezone(timedelta(hours=5)))

    assert read("ts value", (there, 1), (TWO, 2))[0] == Reading(7, ONE, 1.0)


def test_a_slot_that_no_row_mentions_has_no_value_which_is_not_zero() -> None:
    assert read("ts value", (ONE, 1)) == [Reading(7, ONE, 1.0), Reading(7, TWO, None)]


def test_no_rows_at_all_are_no_data() -> None:
    assert read("value", slots=ALONE) == [Reading(7, ONE, None)]


def test_an_empty_cell_is_no_value() -> None:
    assert read("value", (None,), slots=ALONE) == [Reading(7, ONE, None)]


@pytest.mark.parametrize("column", ["weight", "value_weight"])
def test_a_gauge_brings_its_weight(column: str) -> None:
    assert read(f"value {column}", (0.8, 40), slots=ALONE) == [Reading(7, ONE, 0.8, weight=40.0)]


def test_a_columns_own_weight_comes_first() -> None:
    assert read("value weight value_weight", (0.8, 1, 40), slots=ALONE)[0].weight == 40


def test_a_column_called_weight_does_not_weigh_itself() -> None:
    kilos = Wanted(7, "weight")

    assert read("weight", (-3.5,), wanted=kilos, slots=ALONE) == [Reading(7, ONE, -3.5)]
    assert read("weight weight_weight", (5, 40), wanted=kilos, slots=ALONE) == [Reading(7, ONE, 5.0, weight=40.0)]


def test_a_timer_reads_counts_by_bound() -> None:
    rows = [(ONE, 5, 2), (ONE, 10, 1)]

    readings = read("ts bound calls", *rows, wanted=TIMER)

    assert [reading.distribution for reading in readings] == [{5.0: 2, 10.0: 1}, {}]


def test_several_metrics_share_an_answer() -> None:
    result = Result(("arrivals", "share"), ((40, 0.8),))

    told = shape.fitting(result, [Wanted(1, "arrivals"), Wanted(2, "share")], ALONE)

    assert [(reading.metric_id, reading.value) for reading in told.readings] == [(1, 40), (2, 0.8)]
    assert told.misfits == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Wanted(1, "arivals"), "The answer has no column “arivals”; it has ts, arrivals, desk."),
        (Wanted(1, "desk"), "“desk” holds “B” where a number is wanted."),
    ],
)
def test_a_column_that_does_not_fit_takes_nothing_from_the_others(wrong: Wanted, sentence: str) -> None:
    result = Result(("ts", "arrivals", "desk"), ((ONE, 40, None), (TWO, 50, "B")))

    told = shape.fitting(result, [wrong, Wanted(2, "arrivals")], HOURS)

    assert [(reading.metric_id, reading.value) for reading in told.readings] == [(2, 40), (2, 50)]
    assert told.misfits == {1: sentence}


def test_where_no_column_fits_the_answer_is_refused() -> None:
    result = Result(("arrivals",), ((40,),))

    with pytest.raises(SourceError, match="no column “a”"):
        shape.fitting(result, [Wanted(1, "a"), Wanted(2, "b")], ALONE)


def test_a_date_is_midnight_in_the_squads_zone() -> None:
    midnight = datetime(2026, 2, 28, 23, tzinfo=UTC)
    days = Slots((midnight,), midnight + timedelta(days=1), timedelta(days=1), STOCKHOLM)

    assert read("ts value", (date(2026, 3, 1), 4), slots=days) == [Reading(7, midnight, 4.0)]


@pytest.mark.parametrize(
    ("columns", "rows", "sentence"),
    [
        ("ts value", [(ONE, "many")], "“value” holds “many” where a number is wanted."),
        ("ts value", [(ONE, "x" * 99)], f"“value” holds “{'x' * 40}…” where a number is wanted."),
        ("ts value", [(ONE, True)], "“value” holds “True” where a number is wanted."),
        ("ts value", [(ONE, timedelta(1))], "“value” holds “1 day, 0:00:00” where a number is wanted."),
        ("ts value", [(ONE, float("nan"))], "“value” holds nan, which is no number."),
        ("ts value", [(ONE, float("inf"))], "“value” holds inf, which is no number."),
        ("ts value", [(ONE, 1e19)], "“value” holds “1e+19”, which is too large."),
        ("ts value", [(ONE, Decimal("NaN"))], "“value” holds NaN, which is no number."),
        ("ts value", [(ONE, Decimal("sNaN"))], "“value” holds sNaN, which is no number."),
        ("ts value", [(ONE, Decimal("1e999"))], "“value” holds 1E+999, which is no number."),
        ("ts value", [(ONE, 1), (ONE, 2)], "2026-03-01 02:00 comes 2 times in the answer; one row a slot is wanted."),
        (
            "ts value",
            [(ONE.replace(tzinfo=None), 1)],
            "The times in “ts” have no time zone. Write ts AT TIME ZONE 'Europe/Stockholm', or wherever they are.",
        ),
        ("ts value", [("2026-03-01", 1)], "“ts” holds “2026-03-01” where a time is wanted."),
        ("ts value", [(date(2026, 3, 1), 1)], "“ts” holds “2026-03-01” where a time is wanted."),
        ("ts value", [(None, 1)], "“ts” holds “None” where a time is wanted."),
        (
            "ts value",
            [(ONE + timedelta(minutes=7), 1)],
            "2026-03-01 02:07 is not the start of a slot. Cut the times, for example with date_trunc.",
        ),
        (
            "ts value",
            [(THREE, 1)],
            "2026-03-01 04:00 lies outside the time that was asked for. Compare with %(start)s and %(end)s.",
        ),
        ("ts count", [(ONE, 1)], "The answer has no column “value”; it has ts, count."),
        ("value", [(1,)], "The answer has no column “ts”, so it cannot be spread over several slots."),
        ("ts value weight", [(ONE, 1, -2)], "“weight” is negative."),
    ],
)
def test_rows_that_are_no_readings_are_told_so_in_one_sentence(
    columns: str, rows: list[tuple[object, ...]], sentence: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read(columns, *rows)

    assert (refused.value.code, refused.value.sentence) == (Code.BAD_SHAPE, sentence)


def test_two_rows_without_times_are_not_one_value() -> None:
    with pytest.raises(SourceError, match="2026-03-01 02:00 comes 2 times"):
        read("value", (1,), (2,), slots=ALONE)


@pytest.mark.parametrize("zone", [timezone(timedelta(hours=5)), UTC])
@pytest.mark.parametrize("squad", ["Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_time_at_the_end_of_all_times_is_refused(day: date, squad: str, zone: timezone) -> None:
    at = datetime.combine(day, time(1 if day == date.min else 23), zone)

    with pytest.raises(SourceError) as refused:
        read("ts value", (at, 1), slots=replace(HOURS, zone=ZoneInfo(squad)))

    assert refused.value.code == Code.BAD_SHAPE


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("squad", ["Asia/Tokyo", "America/New_York"])
def test_a_day_at_the_end_of_all_days_is_refused(day: date, squad: str) -> None:
    days = Slots((ONE,), ONE + timedelta(days=1), timedelta(days=1), ZoneInfo(squad))

    with pytest.raises(SourceError) as refused:
        read("ts value", (day, 1), slots=days)

    assert refused.value.code == Code.BAD_SHAPE


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(5, 2), (5, 3)], "The bound 5 comes twice for 2026-03-01 02:00."),
        ([(5, 1.5)], "A timer wants a bound and how many there were, in whole numbers, in every row."),
        ([(5, -1)], "A timer wants a bound and how many there were, in whole numbers, in every row."),
        ([(None, 1)], "A timer wants a bound and how many there were, in whole numbers, in every row."),
        ([(float("inf"), 1)], "“bound” holds inf, which is no number."),
    ],
)
def test_a_distribution_that_is_none_is_told_so(rows: list[tuple[object, ...]], sentence: str) -> None:
    with pytest.raises(SourceError) as refused:
        read("bound calls", *rows, wanted=TIMER, slots=ALONE)

    assert refused.value.sentence == sentence


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=5),
    st.datetimes(timezones=st.none() | st.just(UTC)),
    st.sampled_from([ONE, TWO]),
    st.dates(),
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4), st.sampled_from(["ts value weight", "bound calls ts"]))
def test_whatever_comes_it_is_one_reading_a_slot_or_one_refusal(rows: list[tuple[object, ...]], columns: str) -> None:
    wanted = TIMER if "bound" in columns else VALUE
    told: list[object] = []
    try:
        told = [reading.at for reading in read(columns, *rows, wanted=wanted)]
    except SourceError as error:
        told = [error.code]

    assert told in ([ONE, TWO], [Code.BAD_SHAPE])
