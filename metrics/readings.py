"""What comes in: one value of a metric for one slot, whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

LARGEST = 1e18  # nanoseconds of 31 years; the sums and means of many such are far from infinite

Distribution = Mapping[int, int] | Mapping[float, int] | Mapping[str, int] | Mapping[int | float | str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer for the slot that starts at `at` (aware).

    A gauge has a value and the weight it carries in a mean, a counter a value, a timer a distribution
    {upper bound: count} or the value of the one thing that was timed. Neither: asked, and nothing had happened.
    Raises ValueError for a naive time and for numbers that are not finite.
    """

    metric_id: int
    at: datetime
    value: float | None
    weight: float = 1.0
    distribution: Distribution | None = None
    segment: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"A reading's time needs a time zone: {self.at}")
        if not (self.value is None or isfinite(self.value)) or not (isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"A reading's value and weight are finite numbers: {self.value}, {self.weight}")


def merged(distribution: Distribution) -> dict[str, int]:
    """Counts by bound, one spelling a bound, without those that count nothing."""
    counts: dict[float, int] = {}
    for bound, count in distribution.items():
        counts[float(bound)] = counts.get(float(bound), 0) + whole(count)
    if not all(map(isfinite, counts)):
        raise ValueError("A distribution's bounds are finite numbers.")
    return {spelled(bound): count for bound, count in sorted(counts.items()) if count}


def spelled(bound: float) -> str:
    return str(int(bound)) if bound == int(bound) else repr(bound)


def whole(count: int) -> int:
    if count != int(count) or count < 0:
        raise ValueError(f"A distribution counts things: {count}")
    return int(count)
