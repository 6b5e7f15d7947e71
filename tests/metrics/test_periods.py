"""Which days and weeks are over, and when silence becomes stale."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from metrics.periods import Folded, Period, Rhythm, closed, feed, periods
from metrics.slots import DAY, Cadence

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HOUR = timedelta(hours=1)
TUESDAY = date(2026, 3, 10)


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


def by_query(cadence: Cadence = Cadence.HOUR, grace: timedelta = timedelta(0), week_start: int = 0) -> Rhythm:
    return Rhythm(STOCKHOLM, cadence, grace, is_by_hand=False, week_start=week_start)


def by_hand(cadence: Cadence = Cadence.DAY, grace: timedelta = timedelta(0)) -> Rhythm:
    return Rhythm(STOCKHOLM, cadence, grace, is_by_hand=True)


def day_of(reading: float, taken_at: datetime, samples: int = 24) -> Folded:
    return Folded(reading, samples, taken_at)


def state_of(rhythm: Rhythm, day: date, folded: Folded | None, now: datetime) -> bool:
    return next(iter(periods(rhythm, {day: folded} if folded else {}, since=day, now=now))).is_closed


@pytest.mark.parametrize(
    ("taken", "now", "expected"),
    [
        (local(TUESDAY, 23, 59), local(TUESDAY, 23, 59), False),  # the day is not over
        (local(TUESDAY, 23, 59), local(TUESDAY + DAY, 0, 1), False),  # over, its last hour is not in
        (local(TUESDAY + DAY), local(TUESDAY + DAY), True),  # over, and answered after its end
        (local(TUESDAY, 20), local(TUESDAY + DAY, 2), False),  # late, and still waited for
        (local(TUESDAY, 20), local(TUESDAY + DAY, 2, 1), True),  # waited for long enough
        (None, local(TUESDAY + DAY, 1), False),
        (None, local(TUESDAY + DAY, 3), True),
    ],
)
def test_a_day_is_closed_when_its_answer_is_in_or_no_longer_waited_for(
    taken: datetime | None, now: datetime, expected: bool
) -> None:
    folded = day_of(1.0, taken) if taken else None

    assert state_of(by_query(), TUESDAY, folded, now) is expected


def test_the_grace_is_waited_for_too() -> None:
    now = local(TUESDAY + DAY, 3)

    assert state_of(by_query(), TUESDAY, None, now)
    assert not state_of(by_query(grace=timedelta(hours=6)), TUESDAY, None, now)


def test_a_value_by_hand_counts_from_the_end_of_its_day_whenever_it_was_written() -> None:
    written_at_five = day_of(1.0, local(TUESDAY, 17), samples=1)

    assert not state_of(by_hand(), TUESDAY, written_at_five, local(TUESDAY, 18))
    assert state_of(by_hand(), TUESDAY, written_at_five, local(TUESDAY + DAY))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_the_clock_change_is_over_when_it_is_over(day: date, hours: int) -> None:
    end = local(day) + hours * HOUR

    assert not state_of(by_query(), day, day_of(1.0, end, hours), end - timedelta(seconds=1))
    assert not state_of(by_query(), day, day_of(1.0, end, hours - 1), end)
    assert state_of(by_query(), day, day_of(1.0, end, hours), end)


def test_a_day_waits_for_an_hour_in_its_middle_as_long_as_for_its_last() -> None:
    """The newest hour is asked first: after midnight it may answer while older ones are still asked again."""
    end = local(TUESDAY + DAY)
    short = day_of(1.0, end, samples=23)

    assert not state_of(by_query(), TUESDAY, short, end + 2 * HOUR)
    assert state_of(by_query(), TUESDAY, short, end + 2 * HOUR + timedelta(seconds=1))


@pytest.mark.parametrize(("cadence", "slots"), [(Cadence.MINUTE, 1440), (Cadence.QUARTER, 96), (Cadence.DAY, 1)])
def test_a_day_wants_one_answer_for_each_of_its_slots(cadence: Cadence, slots: int) -> None:
    end = local(TUESDAY + DAY)

    assert state_of(by_query(cadence), TUESDAY, day_of(1.0, end, slots), end)
    assert not state_of(by_query(cadence), TUESDAY, day_of(1.0, end, slots - 1), end)


def test_every_day_has_its_place_and_gaps_stay_gaps() -> None:
    days = {TUESDAY - 2 * DAY: day_of(1.0, local(TUESDAY)), TUESDAY: day_of(3.0, local(TUESDAY, 9), samples=9)}

    row = list(periods(by_query(), days, since=TUESDAY - 2 * DAY, now=local(TUESDAY, 9)))

    assert [(period.first, period.value, period.is_closed) for period in row] == [
        (TUESDAY - 2 * DAY, 1.0, True),
        (TUESDAY - DAY, None, True),
        (TUESDAY, 3.0, False),
    ]


@pytest.mark.parametrize(("week_start", "monday_or_sunday"), [(0, date(2026, 3, 9)), (6, date(2026, 3, 8))])
def test_a_week_begins_on_the_squads_first_day(week_start: int, monday_or_sunday: date) -> None:
    days = {monday_or_sunday: day_of(7.0, local(date(2026, 3, 20)), samples=1)}
    rhythm = by_query(Cadence.WEEK, week_start=week_start)

    first, second = periods(rhythm, days, since=TUESDAY, now=local(date(2026, 3, 20)))

    assert first == Period(monday_or_sunday, monday_or_sunday + 6 * DAY, 7.0, is_closed=True, is_asked=True)
    assert second.first == monday_or_sunday + 7 * DAY


def test_only_closed_periods_are_judged() -> None:
    days = {TUESDAY - DAY: day_of(1.0, local(TUESDAY)), TUESDAY: day_of(3.0, local(TUESDAY, 9), samples=9)}

    judged = closed(periods(by_query(), days, since=TUESDAY - DAY, now=local(TUESDAY, 9)))

    assert [seen.value for seen in judged] == [1.0]


@pytest.mark.parametrize(
    ("rhythm", "limit"),
    [
        (by_query(Cadence.MINUTE), timedelta(minutes=3)),
        (by_query(Cadence.HOUR, grace=timedelta(minutes=10)), 3 * HOUR + timedelta(minutes=10)),
        (by_query(Cadence.DAY), 3 * DAY),
    ],
)
def test_a_query_is_stale_without_an_answer_for_a_slot_its_grace_and_two_more(rhythm: Rhythm, limit: timedelta) -> None:
    answered = local(TUESDAY, 9)
    fed = feed(rhythm, answered_at=answered, last_value=None)

    assert not fed.is_stale(answered + limit)
    assert fed.is_stale(answered + limit + timedelta(seconds=1))


def test_a_query_that_never_answered_is_not_stale() -> None:
    assert not feed(by_query(), answered_at=None, last_value=None).is_stale(local(TUESDAY))


@pytest.mark.parametrize(
    ("rhythm", "limit"),
    [
        (by_hand(), local(TUESDAY + 2 * DAY)),
        (by_hand(grace=2 * DAY), local(TUESDAY + 4 * DAY)),
        (by_hand(Cadence.WEEK), local(date(2026, 3, 23))),
    ],
)
def test_by_hand_it_is_stale_when_the_next_value_is_overdue(rhythm: Rhythm, limit: datetime) -> None:
    fed = feed(rhythm, answered_at=None, last_value=TUESDAY)

    assert not fed.is_stale(limit)
    assert fed.is_stale(limit + timedelta(seconds=1))


def test_nothing_by_hand_yet_is_not_stale() -> None:
    assert not feed(by_hand(), answered_at=None, last_value=None).is_stale(local(TUESDAY))
