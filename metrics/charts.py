"""What a chart draws: rows of a table, the goal, and where it starts and is due. For the component `chart`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics import periods, series, words
from metrics.models import Goal, Metric, Rollup
from metrics.periods import Folded, Period, Rhythm
from metrics.slots import DAY
from metrics.status import Status

HOUR = timedelta(hours=1)
RANGES = {"7d": 7 * DAY, "90d": 90 * DAY, "1y": 365 * DAY}


@dataclass(frozen=True)
class Chart:
    """`rows` is ready HTML; `start_in` and `due_in` count periods from the last row. See docs/look.md."""

    rows: str
    caption: str
    period_label: str
    unit: str
    summary: str
    status: Status | None
    size: str = "tile"
    goal: float | None = None
    upper: float | None = None
    baseline: float | None = None
    start_in: int | None = None
    due_in: int | None = None
    due: str = ""
    pace: bool = False
    with_goals: bool = False


@dataclass(frozen=True)
class Point:
    """One row: what the period is called, its value, whether it is over, and the ends of the goal in force then."""

    label: str
    value: float | None
    is_open: bool
    goal: Sequence[float] = ()


def of_periods(
    metric: Metric,
    some: Sequence[Period],
    goal: Goal | None,
    status: Status | None,
    *,
    size: str = "tile",
    goals: Sequence[Goal] = (),
) -> Chart | None:
    """The chart of a metric's days or weeks; `goals` adds the goal in force at each. None without any value."""
    day, language = _("j M"), get_language()
    points = [
        Point(said(day, each.first, language), each.value, not each.is_closed, goal_on(each.last, goals))
        for each in some
    ]
    rhythm = periods.rhythm_of(metric)
    unit = _("Week from") if rhythm.length > DAY else _("Day")
    marks = aims(goal, some, rhythm)
    return drawn(metric, points, unit, goal, status=status, size=size, with_goals=bool(goals), **marks)


def aims(goal: Goal | None, some: Sequence[Period], rhythm: Rhythm) -> dict[str, Any]:
    if goal is None or not some:
        return {}
    last = some[-1].first
    return {
        "goal": goal.target,
        "upper": goal.upper,
        "baseline": goal.baseline,
        "start_in": min((goal.start - last) // rhythm.length, 0),
        "due_in": (goal.due - last) // rhythm.length,
        "due": words.day(goal.due, last),
        "pace": goal.form == Goal.Form.REACH,
    }


def goal_on(day: date, goals: Iterable[Goal]) -> Sequence[float]:
    """The ends of the goal that was in force on a day."""
    for goal in goals:
        if goal.start <= day and (goal.ended_on is None or day < goal.ended_on):
            return goal.ends
    return ()


def drawn(metric: Metric, points: Sequence[Point], period: str, judged: Goal | None, **more: Any) -> Chart | None:
    values = [point.value for point in points if point.value is not None]
    if not values:
        return None
    return Chart(
        rows=table(points, with_goals=more.get("with_goals", False), places=places_beside(judged)),
        caption=metric.question,
        period_label=period,
        unit=metric.unit,
        summary=summary(metric, values, points, judged),
        **more,
    )


def summary(metric: Metric, values: Sequence[float], points: Sequence[Point], goal: Goal | None) -> str:
    said = {
        "question": metric.question,
        "first": points[0].label,
        "last": points[-1].label,
        "newest": words.beside(values[-1], goal, metric.unit),
        "low": words.beside(min(values), goal),
        "high": words.beside(max(values), goal),
    }
    return _("%(question)s %(first)s to %(last)s: between %(low)s and %(high)s, now %(newest)s.") % said


def places_beside(goal: Goal | None) -> int:
    """How many decimals the values beside a goal have at least: one more than its ends."""
    return max((words.places_of_mark(end) + 1 for end in goal.ends), default=0) if goal else 0


def table(points: Sequence[Point], *, with_goals: bool, places: int) -> str:
    """Rows joined here: through template filters a row took thirty times as long."""
    rows = []
    for point in points:
        goal = f"<td>{' – '.join(map(mark, point.goal))}" if with_goals else ""
        rows.append(f"<tr{' data-open' * point.is_open}><th>{point.label}<td>{plain(point.value, places)}{goal}")
    return "".join(rows)


def mark(value: float) -> str:
    return plain(value, words.places_of_mark(value))


def plain(value: float | None, places: int = 0) -> str:
    """A number that JavaScript reads: four digits that count, or so many decimals if those are more.

    With a decimal point and no exponent; empty where it is a gap.
    """
    if value is None:
        return ""
    text = f"{value:.{max(words.places_of(value) + 1, places)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=5_000)
def said(pattern: str, when: date | datetime, language: str | None) -> str:
    """The date in the language of the page, once for all the tiles that share it."""
    return formats.date_format(when, pattern)


def page_chart(metric: Metric, wanted: str, now: datetime, status: Status | None = None) -> Chart | None:
    """The chart of a metric's page: hours of the last 7 days, or days (weeks) of 90 days or a year."""
    goals = sorted(metric.goals.exclude(state=Goal.State.DRAFT), key=lambda goal: goal.start)
    span, active = RANGES[wanted], next((goal for goal in goals if goal.state == Goal.State.ACTIVE), None)
    if wanted == "7d" and metric.cadence.length <= HOUR:
        return hours(metric, now - span, now, active, status)

    rhythm = periods.rhythm_of(metric)
    since = now.astimezone(rhythm.zone).date() - span + DAY
    loaded = series.load([metric.pk], grain=Rollup.Grain.DAY, since=rhythm.midnight(rhythm.first_day(since)))
    some = list(periods.periods(rhythm, days(loaded[metric.pk], rhythm), since=since, now=now))
    return of_periods(metric, some, active, status, size="full", goals=goals)


def days(loaded: series.Series, rhythm: Rhythm) -> dict[date, Folded]:
    """A series by the squad's days."""
    folded = map(Folded, loaded.readings, loaded.samples, loaded.taken)
    return {start.astimezone(rhythm.zone).date(): day for start, day in zip(loaded.starts, folded, strict=True)}


def hours(metric: Metric, since: datetime, now: datetime, goal: Goal | None, status: Status | None) -> Chart | None:
    """One row an hour. What is added up over a day has no goal for an hour."""
    first = since.replace(minute=0, second=0, microsecond=0)
    loaded = series.load([metric.pk], grain=Rollup.Grain.HOUR, since=first)[metric.pk]
    readings = dict(zip(loaded.starts, loaded.readings, strict=True))
    language = get_language()
    starts = [first + n * HOUR for n in range(int((now - first) / HOUR) + 1)]
    points = [Point(clock(at, metric, language), readings.get(at), is_open=at + HOUR > now) for at in starts]
    judged = goal if metric.instrument != Metric.Instrument.COUNTER else None
    marks = {"goal": judged.target, "upper": judged.upper} if judged else {}
    return drawn(metric, points, _("Hour"), judged, status=status, size="full", **marks)


def clock(at: datetime, metric: Metric, language: str | None) -> str:
    """The local time, without its zone: two instants that are equal elsewhere would share one label in the cache."""
    return said(_("D j M H:i"), at.astimezone(metric.zone).replace(tzinfo=None), language)
