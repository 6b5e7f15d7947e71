"""Metrics as they stand, with days or weeks behind them. Nothing here touches the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from mdd.models import Squad
from metrics.models import Goal, Metric, Query, Source
from metrics.periods import Period
from metrics.slots import DAY
from metrics.standing import Standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - DAY


def asked(**fields: Any) -> Metric:
    source = Source(name="Flights")
    query = Query(**({"pk": 1, "source": source, "cadence": "hour", "answered_at": NOW} | fields))
    return Metric(squad=Squad(zone="UTC"), query=query, unit="%", state="active")


def by_hand(cadence: str = "day", **fields: Any) -> Metric:
    return Metric(squad=Squad(zone="UTC"), hand_cadence=cadence, unit="%", state="active", **fields)


def to_reach(
    baseline: float = 74, target: float = 82, start: date = TODAY - 30 * DAY, due: date = date(2027, 1, 15)
) -> Goal:
    return Goal(form="reach", baseline=baseline, target=target, start=start, due=due)


def standing(
    metric: Metric,
    values: Sequence[float | None] = (),
    goal: Goal | None = None,
    *,
    is_cut: bool = False,
    **fields: Any,
) -> Standing:
    """The last closed days up to yesterday, or the weeks up to the last full one; older ones unseen if it is cut."""
    step = 7 * DAY if metric.cadence == "week" else DAY
    end = date(2026, 11, 16) if metric.cadence == "week" else TODAY
    firsts = [end - (len(values) - n) * step for n in range(len(values))]
    some = [
        Period(first, first + step - DAY, value, is_closed=True, is_asked=True)
        for first, value in zip(firsts, values, strict=True)
    ]
    known = [period.first for period in some if period.value is not None]
    if firsts and not is_cut:
        some.insert(0, Period(firsts[0] - step, firsts[0] - DAY, None, is_closed=True, is_asked=False))
    facts = {"last_value": known[-1] if known else None, "taken_at": NOW} | fields
    return Standing(metric=metric, goal=goal, periods=some, now=NOW, **facts)
