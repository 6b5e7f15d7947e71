"""Numbers, days and goals as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from metrics import words
from metrics.models import Goal, Metric
from metrics.status import Status


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (0.0, "0"),
        (76.4321, "76.4"),
        (76.0, "76"),
        (7.456, "7.46"),
        (0.04567, "0.0457"),
        (-5.25, "−5.25"),
        (123.4, "123"),
        (336776, "336\u202f776"),
        (12345.6, "12\u202f346"),
        (1e15, "1.00e+15"),
        (-0.0, "0"),
        (1e-9, "0.000000001"),
        (99.96, "100"),
    ],
)
def test_three_digits_count_and_whole_numbers_keep_all(value: float, expected: str) -> None:
    assert words.number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (99.95, "99.95"),
        (99.9999, "99.9999"),
        (1234.56, "1\u202f234.56"),
        (12.345678, "12.3"),
        (250 / 3, "83.3"),
        (82.0, "82"),
        (0.05, "0.05"),
        (-0.125, "−0.125"),
        (0.0000005, "0.0000005"),
        (1234567.0, "1\u202f234\u202f567"),
        (0.0, "0"),
    ],
)
def test_a_mark_has_the_digits_that_were_typed_and_three_where_it_was_computed(value: float, expected: str) -> None:
    assert words.mark(value) == expected


@pytest.mark.parametrize(
    ("value", "goal", "expected"),
    [
        (99.97, Goal(target=99.95), "99.97"),
        (99.9, Goal(target=99.95), "99.9"),
        (99.946, Goal(target=99.95), "99.946"),
        (99.97, Goal(target=100.0), "99.97"),
        (99.97, Goal(target=90.0), "100"),
        (99.97, None, "100"),
        (4.254, Goal(form="stay-within", target=3, upper=4.25), "4.254"),
        (76.4321, Goal(target=250 / 3), "76.4"),
        (250 / 3 + 0.001, Goal(target=250 / 3), "83.3"),
        (82.0000000001, Goal(target=82.0), "82"),
    ],
)
def test_a_value_beside_its_goal_is_told_apart_from_it(value: float, goal: Goal | None, expected: str) -> None:
    assert words.beside(value, goal) == expected


def test_the_decimal_sign_is_the_languages() -> None:
    with override("de"):
        assert words.number(7.5) == "7,5"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("%", "82%"), ("% within 15 min", "82% within 15 min"), ("min", "82\u00a0min"), ("", "82"), ("°C", "82°C")],
)
def test_a_unit_follows_its_number(unit: str, expected: str) -> None:
    assert words.with_unit(82, unit) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("%", "29.9 points"), ("% within 15 min", "29.9 points"), ("min", "29.9\u00a0min"), ("", "29.9")],
)
def test_percentages_lie_points_apart(unit: str, expected: str) -> None:
    assert words.apart(29.9, unit) == expected


@pytest.mark.parametrize(
    ("difference", "marks", "expected"),
    [
        (82 - 76.4321, (76.4321, 82.0), "5.6"),
        (0.03, (81.97, 82.0), "0.03"),
        (0.0, (82.0, 82.0), "0"),
        (99.95 - 99.8, (99.8, 99.95), "0.15"),
    ],
)
def test_a_gap_has_the_decimals_of_what_it_lies_between(
    difference: float, marks: tuple[float, ...], expected: str
) -> None:
    assert words.gap(difference, *marks) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [(date(2026, 11, 20), "20 Nov"), (date(2027, 1, 15), "15 Jan"), (date(2028, 1, 15), "15 Jan 2028")],
)
def test_a_far_day_has_its_year(when: date, expected: str) -> None:
    assert words.day(when, date(2026, 11, 22)) == expected


def test_a_moment_is_told_in_the_squads_zone() -> None:
    zone, now = ZoneInfo("America/New_York"), datetime(2026, 11, 22, 14, tzinfo=UTC)

    assert words.moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC), zone, now) == "08:05"
    assert words.moment(datetime(2026, 11, 22, 4, 30, tzinfo=UTC), zone, now) == "21 Nov, 23:30"


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (Goal(form="reach", baseline=70, target=82), "reach 82%"),
        (Goal(form="stay-below", target=5.5), "stay at or below 5.5%"),
        (Goal(form="stay-above", target=99.95), "stay at or above 99.95%"),
        (Goal(form="stay-within", target=3, upper=4), "stay between 3 and 4%"),
        (Goal(form="stay-within", target=3.125, upper=4.1234), "stay between 3.125 and 4.1234%"),
    ],
)
def test_an_aim_is_said_as_it_was_meant(goal: Goal, expected: str) -> None:
    assert words.aim(goal, Metric(unit="%")) == expected


@dataclass
class Judged:
    status: Status | None
    owner: str = "Ada"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], ""),
        ([Judged(Status.MET)], "1 number, 1 owner. Nothing needs a hand."),
        (
            [Judged(Status.MET), Judged(Status.OFF_PACE), Judged(Status.STALE, "Mia"), Judged(None, "")],
            "4 numbers, 2 owners. 3 need a hand: 1\u00a0stale, 1\u00a0off pace, 1\u00a0without a goal.",
        ),
        ([Judged(Status.MISSED)], "1 number, 1 owner. 1 needs a hand: 1\u00a0missed."),
    ],
)
def test_the_lede_counts_what_needs_somebody(facts: list[Judged], expected: str) -> None:
    assert words.lede(facts) == expected
