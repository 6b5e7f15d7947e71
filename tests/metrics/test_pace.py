"""Pace, case by case. Goals here never touch the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from metrics.models import Goal
from metrics.pace import Seen, distance, line, pace, slope, streak
from metrics.status import Status

START, DUE = date(2026, 1, 1), date(2026, 4, 11)  # 100 days


def to_reach(baseline: float, target: float, start: date = START, due: date = DUE) -> Goal:
    return Goal(form="reach", baseline=baseline, target=target, start=start, due=due)


def to_stay(form: str, target: float, upper: float | None = None) -> Goal:
    return Goal(form=form, target=target, upper=upper, start=START, due=DUE)


def on(day: int, *values: float | None) -> list[Seen]:
    """Closed periods, one a day, the last of them so many days after the start."""
    first = START + timedelta(days=day - len(values) + 1)
    return [Seen(first + timedelta(days=n), value) for n, value in enumerate(values)]


UP, DOWN = to_reach(50, 60), to_reach(60, 50)


@pytest.mark.parametrize(
    ("goal", "day", "value", "expected"),
    [
        # The line is read on the day: halfway, halfway.
        (UP, 50, 55.0, Status.ON_PACE),
        (UP, 50, 55.1, Status.ON_PACE),
        (DOWN, 50, 55.0, Status.ON_PACE),
        (DOWN, 50, 54.9, Status.ON_PACE),
        # Short by at most a tenth of the whole way.
        (UP, 50, 54.999, Status.WATCH),
        (UP, 50, 54.0, Status.WATCH),
        (UP, 50, 53.999, Status.OFF_PACE),
        (DOWN, 50, 55.001, Status.WATCH),
        (DOWN, 50, 56.0, Status.WATCH),
        (DOWN, 50, 56.001, Status.OFF_PACE),
        # At the target it is met, early or late.
        (UP, 1, 60.0, Status.MET),
        (DOWN, 1, 50.0, Status.MET),
        (UP, 1, 61.0, Status.MET),
        (UP, 130, 60.0, Status.MET),
        # Until its start the line is the baseline.
        (UP, 0, 50.0, Status.ON_PACE),
        (UP, -20, 50.0, Status.ON_PACE),
        (UP, -20, 49.0, Status.WATCH),
        (UP, -20, 48.9, Status.OFF_PACE),
        # Due today: yesterday is judged, and nothing is missed yet. The day after, it is.
        (UP, 99, 59.9, Status.ON_PACE),
        (UP, 99, 59.0, Status.WATCH),
        (UP, 100, 59.99, Status.MISSED),
        (DOWN, 100, 50.01, Status.MISSED),
        (UP, 100, 60.0, Status.MET),
        (UP, 101, 59.0, Status.MISSED),
    ],
)
def test_a_goal_to_reach(goal: Goal, day: int, value: float, expected: Status) -> None:
    assert pace(goal, on(day, value)) is expected


@pytest.mark.parametrize(
    ("goal", "values", "expected"),
    [
        (to_stay("stay-above", 10), (10.0,), Status.MET),
        (to_stay("stay-above", 10), (9.0, 9.0, 10.0), Status.MET),
        (to_stay("stay-above", 10), (9.9,), Status.WATCH),
        (to_stay("stay-above", 10), (10.0, 9.9), Status.WATCH),
        (to_stay("stay-above", 10), (9.9, 9.9), Status.OFF_PACE),
        (to_stay("stay-above", 10), (9.0, None, 9.0), Status.WATCH),
        (to_stay("stay-below", 10), (10.0,), Status.MET),
        (to_stay("stay-below", 10), (10.1,), Status.WATCH),
        (to_stay("stay-below", 10), (10.1, 12.0), Status.OFF_PACE),
        (to_stay("stay-within", 10, 12), (10.0,), Status.MET),
        (to_stay("stay-within", 10, 12), (12.0,), Status.MET),
        (to_stay("stay-within", 10, 12), (9.9,), Status.WATCH),
        (to_stay("stay-within", 10, 12), (9.9, 12.1), Status.OFF_PACE),
    ],
)
def test_a_goal_to_stay(goal: Goal, values: tuple[float | None, ...], expected: Status) -> None:
    assert pace(goal, on(50, *values)) is expected


@pytest.mark.parametrize(
    ("day", "value", "expected"),
    [
        (99, 9.0, Status.OFF_PACE),
        (100, 9.0, Status.MISSED),
        (130, 9.0, Status.MISSED),
        (100, 10.0, Status.MET),
        (130, 10.0, Status.MET),
    ],
)
def test_a_goal_to_stay_is_missed_when_it_does_not_hold_in_the_end(day: int, value: float, expected: Status) -> None:
    assert pace(to_stay("stay-above", 10), on(day, 9.0, value)) is expected


@pytest.mark.parametrize("goal", [UP, to_stay("stay-above", 60), to_stay("stay-within", 60, 62)])
@pytest.mark.parametrize(
    ("at_due", "now", "expected"),
    [
        (60.0, 59.0, Status.MET),
        (60.0, 61.0, Status.MET),
        (59.0, 60.0, Status.MET),
        (59.0, 59.0, Status.MISSED),
        (None, 59.0, Status.MISSED),
    ],
)
def test_what_was_met_when_it_was_due_stays_met(goal: Goal, at_due: float | None, now: float, expected: Status) -> None:
    seen = Seen(DUE, at_due) if at_due is not None else None

    assert pace(goal, on(130, now), seen) is expected


def test_what_broke_before_the_start_is_not_the_second_in_a_row() -> None:
    assert pace(to_stay("stay-above", 10), on(0, 9.0, 9.0)) is Status.WATCH


@pytest.mark.parametrize("seen", [[], on(50, None), on(50, 55.0, None)])
def test_without_a_value_there_is_no_pace(seen: list[Seen]) -> None:
    assert pace(UP, seen) is None


def test_a_goal_that_starts_90_days_back_counts_those_days_at_once() -> None:
    today = date(2026, 3, 1)
    goal = to_reach(0, 100, start=today - timedelta(days=90), due=today + timedelta(days=10))

    assert pace(goal, [Seen(today - timedelta(days=1), 89.0)]) is Status.ON_PACE
    assert pace(goal, [Seen(today - timedelta(days=1), 88.0)]) is Status.WATCH


@pytest.mark.parametrize(("day", "expected"), [(-5, 50), (0, 50), (25, 52.5), (100, 60), (140, 60)])
def test_the_line_is_straight_between_start_and_due_and_flat_outside(day: int, expected: float) -> None:
    assert line(UP, START + timedelta(days=day)) == pytest.approx(expected)


def test_exactly_on_the_line_is_on_pace_on_every_day() -> None:
    goal = to_reach(10, 5, due=START + timedelta(days=90))

    days = [START + timedelta(days=n) for n in range(90)]

    assert {pace(goal, [Seen(day, float(f"{line(goal, day):.12g}"))]) for day in days} == {Status.ON_PACE}


@pytest.mark.parametrize(
    ("goal", "value", "expected"),
    [
        (UP, 57.5, 2.5),
        (DOWN, 57.5, 7.5),
        (UP, 61.0, 0),
        (to_stay("stay-above", 10), 8.0, 2),
        (to_stay("stay-below", 10), 12.0, 2),
        (to_stay("stay-within", 10, 12), 9.0, 1),
        (to_stay("stay-within", 10, 12), 15.0, 3),
        (to_stay("stay-within", 10, 12), 11.0, 0),
    ],
)
def test_the_distance_to_the_goal(goal: Goal, value: float, expected: float) -> None:
    assert distance(goal, value) == pytest.approx(expected)


def test_the_slope_is_that_of_least_squares_since_the_start() -> None:
    noisy = on(5, 99.0, 0.0, None, 2.0, 1.0, 5.0, 4.0)  # the first is a day before the start

    assert slope(UP, noisy, 5) == pytest.approx(13.4 / 14.8)


def test_too_few_values_since_the_start_make_no_slope() -> None:
    assert slope(UP, on(3, 1.0, 2.0, None, 3.0, 4.0), 5) is None
    assert slope(UP, on(3, 9.0, 9.0, 1.0, 2.0, None, 3.0), 5) is None


@pytest.mark.parametrize(
    ("values", "expected"), [((60.0, 61.0), 2), ((60.0, 59.0, 61.0), 1), ((60.0, None, 61.0), 1), ((59.0,), 0)]
)
def test_a_streak_counts_back_from_the_last_period(values: tuple[float | None, ...], expected: int) -> None:
    assert streak(UP, on(50, *values)) == expected


def test_a_streak_begins_with_the_goal() -> None:
    assert streak(UP, on(1, 61.0, 61.0, 61.0)) == 2
