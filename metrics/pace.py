"""Whether a goal will be reached, read at closed periods only. Pure: an unsaved Goal will do.

A goal to reach has a straight line from the baseline at `start` to the target at `due`, days counted whole. A goal to
stay has none. A period stands on its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from metrics.models import Goal
from metrics.status import Status

TENTH = 0.1
HAIR = 1e-9  # of the whole way: what floats lose between 10 and 5 in 90 days


@dataclass(frozen=True)
class Seen:
    """The value of a period that is over, and its last day. No value: asked, and nothing had happened."""

    day: date
    value: float | None


def pace(goal: Goal, closed: Sequence[Seen], at_due: Seen | None = None) -> Status | None:
    """The status of a goal after these closed periods, oldest first; None before the first value.

    `at_due` is the first closed period with a value that ends on the due date or later: met then, it stays met.
    """
    if not closed or closed[-1].value is None:
        return None
    day, value = closed[-1].day, closed[-1].value
    found = pace_to_reach(goal, day, value) if is_to_reach(goal) else pace_to_stay(goal, closed)
    return Status.MET if found is Status.MISSED and was_met(goal, at_due) else found


def was_met(goal: Goal, at_due: Seen | None) -> bool:
    """Whether a goal was met when it was due."""
    return at_due is not None and at_due.value is not None and is_met(goal, at_due.value)


def is_to_reach(goal: Goal) -> bool:
    return goal.form == Goal.Form.REACH


def pace_to_reach(goal: Goal, day: date, value: float) -> Status:
    hair = abs(way(goal)) * HAIR
    if short_of(goal, goal.target, value) <= hair:
        return Status.MET
    if day >= goal.due:
        return Status.MISSED

    short = short_of(goal, line(goal, day), value)
    if short <= hair:
        return Status.ON_PACE
    return Status.WATCH if short <= abs(way(goal)) * TENTH + hair else Status.OFF_PACE


def pace_to_stay(goal: Goal, closed: Sequence[Seen]) -> Status:
    last = closed[-1]
    if holds(goal, last.value):
        return Status.MET
    if last.day >= goal.due:
        return Status.MISSED
    return Status.OFF_PACE if broke_before(goal, closed) else Status.WATCH


def broke_before(goal: Goal, closed: Sequence[Seen]) -> bool:
    """Whether the period just before the last one, if it is the goal's, did not hold either."""
    before = [each for each in closed[-2:-1] if each.value is not None and each.day >= goal.start]
    return any(not holds(goal, each.value) for each in before)


def holds(goal: Goal, value: float | None) -> bool:
    """Whether one value keeps a goal to stay."""
    if value is None:
        return False
    if goal.form == Goal.Form.STAY_BELOW:
        return value <= goal.target
    return value >= goal.target and (goal.upper is None or value <= goal.upper)


def line(goal: Goal, day: date) -> float:
    """Where a goal to reach should be at the end of a day: baseline until `start`, target from `due` on."""
    days = min(max((day - goal.start).days, 0), (goal.due - goal.start).days)
    return base(goal) + way(goal) * days / (goal.due - goal.start).days


def way(goal: Goal) -> float:
    """From baseline to target, with its sign."""
    return goal.target - base(goal)


def base(goal: Goal) -> float:
    return goal.target if goal.baseline is None else goal.baseline


def short_of(goal: Goal, mark: float, value: float) -> float:
    """How much a value lacks to a mark, in the goal's direction; negative beyond it."""
    return mark - value if way(goal) > 0 else value - mark


def distance(goal: Goal, value: float) -> float:
    """How much a value lacks to what the goal asks for, never below 0."""
    if is_to_reach(goal):
        return max(short_of(goal, goal.target, value), 0.0)
    if goal.form == Goal.Form.STAY_BELOW:
        return max(value - goal.target, 0.0)
    over = value - goal.upper if goal.upper is not None else 0.0
    return max(goal.target - value, over, 0.0)


def slope(goal: Goal, closed: Sequence[Seen], enough: int) -> float | None:
    """How much a goal's value moves a day: least squares over its closed periods since `start` that have a value.

    Every day weighs the same and no two days decide alone, unlike first against last. None below enough values.
    """
    points = [((each.day - goal.start).days, each.value) for each in closed if each.value is not None]
    points = [(day, value) for day, value in points if day >= 0]
    if len(points) < enough:
        return None
    middle = sum(day for day, _ in points) / len(points)
    mean = sum(value for _, value in points) / len(points)
    spread = sum((day - middle) ** 2 for day, _ in points)
    return sum((day - middle) * (value - mean) for day, value in points) / spread


def streak(goal: Goal, closed: Sequence[Seen]) -> int:
    """For how many closed periods of the goal in a row, up to the last one, it has been met."""
    met = (each.value is not None and each.day >= goal.start and is_met(goal, each.value) for each in reversed(closed))
    return sum(1 for _ in takewhile(bool, met))


def broken_streak(goal: Goal, closed: Sequence[Seen]) -> int:
    """For how many closed periods of the goal in a row, up to the last one, it has not held."""
    broken = (
        each.value is not None and each.day >= goal.start and not is_met(goal, each.value) for each in reversed(closed)
    )
    return sum(1 for _ in takewhile(bool, broken))


def is_met(goal: Goal, value: float) -> bool:
    if is_to_reach(goal):
        return short_of(goal, goal.target, value) <= abs(way(goal)) * HAIR
    return holds(goal, value)


def is_easier(old: Goal, new: Goal) -> bool:
    """Whether a new goal of the same form asks for less than the old one."""
    if new.form != old.form:
        return False
    if is_to_reach(old):
        return short_of(old, old.target, new.target) > 0
    if old.form == Goal.Form.STAY_BELOW:
        return new.target > old.target
    return new.target < old.target or (new.upper or 0.0) > (old.upper or 0.0)


def is_in_last_tenth(goal: Goal, today: date) -> bool:
    """Whether a goal is about to be judged: the last tenth of its days, the due date included."""
    return timedelta(0) <= goal.due - today <= (goal.due - goal.start) * TENTH
