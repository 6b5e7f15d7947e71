"""The one true sentence of a tile about its goal, status by status. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from metrics.models import Goal, Metric
from metrics.sentences import sentence
from metrics.slots import DAY
from metrics.status import Status
from tests.metrics.standings import TODAY, YESTERDAY, asked, by_hand, standing, to_reach


def test_short_of_the_target() -> None:
    rising = [76.4 - 0.04 * n for n in reversed(range(30))]

    now = standing(asked(), rising, to_reach())

    assert now.status is Status.WATCH
    assert sentence(now) == "5.6 short of 82 by 15 Jan. Running +0.3 a week, needs +0.7."


def test_a_goal_downwards_moves_down() -> None:
    falling = [50 + 0.1 * n for n in reversed(range(14))]

    now = standing(asked(), falling, to_reach(60, 40, due=TODAY + 34 * DAY))

    assert sentence(now) == "10 above the goal of 40 by 26 Dec. Running −0.7 a week, needs −2."


@pytest.mark.parametrize(
    ("slope", "target", "expected"),
    [
        (0.0002, 82, "Running level, needs +0.7 a week."),
        (-0.1, 82, "Running −0.7 a week, needs +0.7."),
        (1.5, 120, "Running +10.5 a week, needs +5.5."),
        (0.001, 76.6, "Running +0.01 a week, needs +0.03."),
        (10, 5000, "Running +70 a week, needs +627."),
    ],
)
def test_a_trend_has_the_decimals_of_what_is_needed(slope: float, target: float, expected: str) -> None:
    values = [76.4 - slope * n for n in reversed(range(14))]

    assert expected in sentence(standing(asked(), values, to_reach(target=target)))


@pytest.mark.parametrize(("metric", "enough"), [(asked(), 14), (by_hand("week"), 4)])
def test_a_young_goal_has_no_trend_yet(metric: Metric, enough: int) -> None:
    """On pace may it be all the same: by few days one would say how weekdays differ."""
    rising = [76.4 - 0.5 * n for n in reversed(range(enough))]
    goal = to_reach(start=TODAY - 60 * DAY)

    assert "Running" in sentence(standing(metric, rising, goal))
    for young in (rising[1:], [*rising[1:-1], None, 76.4]):
        said = sentence(standing(metric, young, goal))
        assert said.startswith("5.6 short of 82 by 15 Jan. Needs +")
        assert "Running" not in said


def test_the_last_days_are_counted() -> None:
    now = standing(asked(), [80.0], to_reach(due=TODAY + 2 * DAY))

    assert sentence(now) == "2 short of 82 by 24 Nov. +2 in 3 days."


def test_met_says_for_how_long() -> None:
    now = standing(asked(), [80, 82, 83.1], to_reach())

    assert sentence(now) == "Met for 2 days. The goal: 82 by 15 Jan."


def test_what_was_met_before_the_goal_began_is_not_counted() -> None:
    now = standing(asked(), [83, 83, 83], to_reach(start=TODAY))

    assert sentence(now) == "Met. The goal: 82 by 15 Jan."


@pytest.mark.parametrize(
    ("value", "expected"),
    [(91, "Met for at least 90 days."), (89, "It has not held for at least 90 days in a row.")],
)
def test_a_row_that_may_have_begun_earlier_says_so(value: float, expected: str) -> None:
    goal = Goal(form="stay-above", target=90, start=TODAY - 200 * DAY, due=date(2027, 1, 15))

    assert expected in sentence(standing(asked(), [value] * 90, goal, is_cut=True))


def test_missed_says_by_how_much() -> None:
    now = standing(asked(), [76.4], to_reach(due=YESTERDAY))

    assert sentence(now) == "Missed by 5.6: the goal was 82 by 21 Nov."


@pytest.mark.parametrize(
    ("value", "goal", "expected"),
    [
        (99.8, to_reach(99, 99.95), "0.15 short of 99.95 by 15 Jan."),
        (99.97, to_reach(99, 99.95), "The goal: 99.95 by 15 Jan."),
        (99.93, to_reach(99, 99.95, due=TODAY + 2 * DAY), "0.02 short of 99.95 by 24 Nov. +0.02 in 3 days."),
        (99.8, to_reach(99, 99.95, due=YESTERDAY), "Missed by 0.15: the goal was 99.95 by 21 Nov."),
    ],
)
def test_a_target_is_said_as_it_was_typed(value: float, goal: Goal, expected: str) -> None:
    assert expected in sentence(standing(asked(), [value], goal))


@pytest.mark.parametrize(
    ("values", "goal", "expected"),
    [
        ([99.8], {"form": "stay-above", "target": 99.95}, "0.15 below 99.95 on 21 Nov."),
        ([4.5], {"form": "stay-within", "target": 2, "upper": 4.125}, "0.375 above 4.125 on 21 Nov."),
        (
            [99.97],
            {"form": "stay-above", "target": 99.95},
            "Met for 1 day. The goal: stay at or above 99.95 until 15 Jan.",
        ),
        (
            [90, 91, 92],
            {"form": "stay-above", "target": 90},
            "Met for 3 days. The goal: stay at or above 90 until 15 Jan.",
        ),
        ([90, 89.9], {"form": "stay-above", "target": 90}, "0.1 below 90 on 21 Nov."),
        (
            [89.5, 89.9],
            {"form": "stay-above", "target": 90},
            "0.1 below 90 on 21 Nov. It has not held for 2 days in a row.",
        ),
        ([12], {"form": "stay-below", "target": 10}, "2 above 10 on 21 Nov."),
        ([5], {"form": "stay-within", "target": 2, "upper": 4}, "1 above 4 on 21 Nov."),
        ([3], {"form": "stay-within", "target": -10, "upper": 0}, "3 above 0 on 21 Nov."),
        (
            [3],
            {"form": "stay-within", "target": 2, "upper": 4},
            "Met for 1 day. The goal: stay between 2 and 4 until 15 Jan.",
        ),
        (
            [12],
            {"form": "stay-below", "target": 10, "due": YESTERDAY},
            "Missed: 2 above 10 on 21 Nov. The goal was to stay at or below 10 until 21 Nov.",
        ),
    ],
)
def test_a_goal_to_stay(values: list[float], goal: dict[str, Any], expected: str) -> None:
    made = Goal(**({"start": TODAY - 30 * DAY, "due": date(2027, 1, 15)} | goal))

    assert sentence(standing(asked(), values, made)) == expected


@pytest.mark.parametrize(
    ("metric", "values", "goal", "expected"),
    [
        (asked(), [82.5, 81], to_reach(due=TODAY - 2 * DAY), "Met on 20 Nov. Now it is 1 short of 82."),
        (asked(), [9, 12], to_reach(20, 10, due=TODAY - 2 * DAY), "Met on 20 Nov. Now it is 2 above the goal of 10."),
        (asked(), [82.5, 83], to_reach(due=TODAY - 2 * DAY), "Met for 2 days. The goal: 82 by 20 Nov."),
        (
            asked(),
            [10, 12],
            Goal(form="stay-below", target=10, start=TODAY - 30 * DAY, due=TODAY - 2 * DAY),
            "Met on 20 Nov. 2 above 10 on 21 Nov. The goal: stay at or below 10 until 20 Nov.",
        ),
        (by_hand("week"), [82, 81], to_reach(due=date(2026, 11, 5)), "Met on 8 Nov. Now it is 1 short of 82."),
    ],
)
def test_what_was_met_when_it_was_due_says_so_and_where_it_is_now(
    metric: Metric, values: list[float], goal: Goal, expected: str
) -> None:
    now = standing(metric, values, goal)
    first = now.closed[-2]

    judged = replace(now, at_due=first)

    assert judged.status is Status.MET
    assert sentence(judged) == expected


def test_weeks_are_counted_in_weeks() -> None:
    now = standing(by_hand("week"), [81, 82, 83], to_reach())

    assert sentence(now) == "Met for 2 weeks. The goal: 82 by 15 Jan."
