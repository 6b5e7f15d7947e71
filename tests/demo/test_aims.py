"""The rules by which the demo's squad sets its targets."""

from datetime import date

import pytest

from workshops.demo import aims
from workshops.demo.aims import Rule, Timing

SHARES = [70.0, 90.0, 80.0, 60.0, 85.0]


@pytest.mark.parametrize(
    ("rule", "baseline", "target"),
    [(aims.hold, 80, 60), (aims.climb, 60, 90), (aims.match, 80, 90), (aims.leap, 80, 100)],
)
def test_a_target_follows_from_the_days_seen(rule: Rule, baseline: float, target: float) -> None:
    aim = rule(aims.worst_first(SHARES, is_up=True))

    assert (aim.baseline, aim.target) == (baseline, target)


@pytest.mark.parametrize(
    ("rule", "baseline", "target"),
    [(aims.hold, 80, 90), (aims.climb, 90, 60), (aims.match, 80, 60), (aims.leap, 80, 40)],
)
def test_where_less_is_better_the_highest_day_is_the_worst(rule: Rule, baseline: float, target: float) -> None:
    aim = rule(aims.worst_first(SHARES, is_up=False))

    assert (aim.baseline, aim.target) == (baseline, target)


def test_an_even_number_of_days_has_its_ordinary_day_among_them() -> None:
    assert aims.hold([1.0, 2.0, 3.0, 4.0]).baseline == 2.0


def test_a_goal_starts_and_is_due_so_many_days_from_the_day_of_loading() -> None:
    timing = Timing(starts=-34, due=28)

    assert timing.start_day(date(2026, 3, 1)) == date(2026, 1, 26)
    assert timing.due_day(date(2026, 3, 1)) == date(2026, 3, 29)


@pytest.mark.parametrize("timing", [aims.STANDING, aims.YOUNG, aims.RIPE, aims.OVER])
def test_every_day_that_a_baseline_is_measured_on_is_back_filled(timing: Timing) -> None:
    assert timing.starts - aims.WINDOW.days >= -90
