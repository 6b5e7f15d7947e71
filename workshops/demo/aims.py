"""How the squad sets its targets: four rules, each following from the days seen before the goal starts.

A rule is a pure function of the values of closed days, the worst first. It knows nothing of dates, so that it gives an
honest target on any day of the year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

WINDOW = timedelta(weeks=8)


@dataclass(frozen=True)
class Aim:
    """From where to where, and why that far."""

    baseline: float
    target: float
    why: str


Rule = Callable[[Sequence[float]], Aim]


def hold(seen: Sequence[float]) -> Aim:
    return Aim(ordinary(seen), seen[0], "The worst day of the eight weeks before. No day shall be worse.")


def climb(seen: Sequence[float]) -> Aim:
    return Aim(seen[0], seen[-1], "From the worst to the best day of the eight weeks before: we know it can be done.")


def match(seen: Sequence[float]) -> Aim:
    return Aim(ordinary(seen), seen[-1], "The best day of the eight weeks before. Every day shall be as good.")


def leap(seen: Sequence[float]) -> Aim:
    step = seen[-1] - ordinary(seen)
    why = "Twice the step from the ordinary to the best day of the eight weeks before. Bold on purpose."
    return Aim(ordinary(seen), ordinary(seen) + 2 * step, why)


def worst_first(days: Iterable[float], *, is_up: bool) -> list[float]:
    """The days as the rules take them."""
    return sorted(days, reverse=not is_up)


def ordinary(seen: Sequence[float]) -> float:
    """The day in the middle, by nearest rank."""
    return seen[ceil(len(seen) / 2) - 1]


@dataclass(frozen=True)
class Timing:
    """When a goal starts and is due, in days from the day of loading."""

    starts: int
    due: int

    def start_day(self, today: date) -> date:
        return today + timedelta(days=self.starts)

    def due_day(self, today: date) -> date:
        return today + timedelta(days=self.due)


STANDING = Timing(starts=-34, due=56)
YOUNG = Timing(starts=-7, due=173)
RIPE = Timing(starts=-34, due=28)
OVER = Timing(starts=-34, due=-2)
