"""Where a metric stands today, measured, as a proposal for a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from django.utils.translation import ngettext

from metrics import charts, periods, series
from metrics.models import Metric, Rollup
from metrics.slots import Cadence
from metrics.words import mark, number

MEASURED = timedelta(days=28)
AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Proposal:
    """What a goal's form is filled with, and the sentence that says where it comes from."""

    initial: dict[str, object]
    sentence: str


def propose(metric: Metric, now: datetime) -> Proposal | None:
    """A baseline from the mean of what closed in 28 days and has a value; None where nothing was measured."""
    today = now.astimezone(metric.zone).date()
    values = readings(metric, today, now)
    if not values:
        return None

    baseline = rounded(values)
    return Proposal(
        initial={"baseline": baseline, "start": today, "due": today + AHEAD},
        sentence=measured_over(metric, len(values))
        % {
            "n": len(values),
            "mean": mark(baseline, metric.unit),
            "low": number(min(values)),
            "high": number(max(values)),
        },
    )


def measured_over(metric: Metric, count: int) -> str:
    if metric.cadence is Cadence.WEEK:
        return ngettext(
            "Measured in %(n)d full week: %(mean)s.",
            "Measured over %(n)d full weeks: %(mean)s on average, between %(low)s and %(high)s.",
            count,
        )
    return ngettext(
        "Measured on %(n)d full day: %(mean)s.",
        "Measured over %(n)d full days: %(mean)s on average, between %(low)s and %(high)s.",
        count,
    )


def measured(metric: Metric, *, since: date, now: datetime) -> float | None:
    """Where it stood when a goal from `since` on began; where nothing is known of then, where it stands now."""
    today = now.astimezone(metric.zone).date()
    values = readings(metric, min(since, today), now) or readings(metric, today, now)
    return rounded(values) if values else None


def rounded(values: Sequence[float]) -> float:
    return float(f"{fmean(values):.4g}")


def readings(metric: Metric, until: date, now: datetime) -> list[float]:
    """The values of the last days before `until` that are closed, or weeks where it gets one a week, oldest first."""
    rhythm = periods.rhythm_of(metric)
    end = rhythm.first_day(until)
    since = end - MEASURED
    loaded = series.load([metric.pk], grain=Rollup.Grain.DAY, since=rhythm.midnight(since))[metric.pk]
    recent = periods.periods(rhythm, charts.days(loaded, rhythm), since=since, now=now)
    return [each.value for each in recent if each.is_closed and each.last < end and each.value is not None]
