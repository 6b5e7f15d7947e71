"""Everything that tiles show: four queries for any number of metrics, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from metrics import charts, origins, periods, sentences, series, words
from metrics.charts import Chart
from metrics.models import Dashboard, Goal, Metric, Rollup
from metrics.pace import Seen
from metrics.periods import Period, Rhythm
from metrics.series import Series
from metrics.slots import DAY
from metrics.standing import Standing
from metrics.status import Status
from metrics.words import Stop

SHOWN = 91 * DAY  # a goal may start 90 days back


@dataclass(frozen=True)
class Link:
    """One thing to do about it."""

    label: str
    url: str


@dataclass(frozen=True)
class TileFacts:
    """A tile as the component draws it (docs/look.md), with the bare figures behind its words.

    `value` is the last one that is known, `value_of` its day where that is not the last closed period. `reading` is the
    value of the last closed period, `so_far` that of the one that is not over.
    """

    metric_id: int
    id: str
    url: str
    question: str
    name: str
    value: str
    value_of: str
    unit: str
    status: Status | None
    sentence: str
    chart: Chart | None
    owner: str
    facts: Sequence[str]
    next: Link | None
    data_at: datetime | None
    says: str
    is_retired: bool
    trace: Sequence[Stop]
    reading: float | None
    so_far: float | None


def facts(metrics: QuerySet[Metric], now: datetime) -> list[TileFacts]:
    """The tiles of these metrics, the worst first. Four queries."""
    return [tile(standing) for standing in worst_first(metrics, now)]


def worst_first(metrics: QuerySet[Metric], now: datetime) -> list[Standing]:
    """How these metrics stand, those without a goal last. Four queries; a tile costs more than its standing."""
    return sorted(standings(metrics, now), key=badness)


def badness(standing: Standing) -> tuple[int, str]:
    status = standing.status
    return (status.severity if status else len(Status), standing.metric.name)


def standings_of(dashboard: Dashboard, now: datetime) -> list[Standing]:
    """How the metrics of a dashboard stand, in the order of its tiles. Four queries."""
    placed = Metric.objects.filter(tiles__dashboard=dashboard).order_by("tiles__position", "tiles__pk")
    return standings(placed, now)


def standings(metrics: QuerySet[Metric], now: datetime) -> list[Standing]:
    """How each metric stands, in the order of the query set. Four queries."""
    joined = metrics.select_related(
        "squad", "owner", "query__source", "expectation__customer", "expectation__deliverable"
    )
    found = list(joined)
    goals = {goal.metric_id: goal for goal in Goal.objects.active().filter(metric__in=[each.pk for each in found])}
    loaded = series.load(
        [each.pk for each in found],
        grain=Rollup.Grain.DAY,
        since=now - SHOWN - 7 * DAY,
        dues=dues(found, goals, now),
    )
    known = origins.of([each.pk for each in found])
    return [standing(each, goals.get(each.pk), loaded[each.pk], now, known.get(each.pk)) for each in found]


def dues(found: Sequence[Metric], goals: Mapping[int, Goal], now: datetime) -> dict[int, datetime]:
    """When the period began that holds the due date, of each metric whose goal is due by now."""
    rhythms = {each.pk: periods.rhythm_of(each) for each in found if each.pk in goals}
    starts = {pk: rhythm.midnight(rhythm.first_day(goals[pk].due)) for pk, rhythm in rhythms.items()}
    return {pk: start for pk, start in starts.items() if start <= now}


def standing(metric: Metric, goal: Goal | None, loaded: Series, now: datetime, origin: Stop | None) -> Standing:
    rhythm = periods.rhythm_of(metric)
    since = now.astimezone(rhythm.zone).date() - SHOWN + DAY
    some = list(periods.periods(rhythm, charts.days(loaded, rhythm), since=since, now=now))
    return Standing(
        metric=metric,
        goal=goal,
        periods=some,
        last_value=loaded.last.astimezone(rhythm.zone).date() if loaded.last else None,
        taken_at=max(loaded.taken, default=None),
        now=now,
        origin=origin,
        at_due=at_due(loaded, rhythm, some),
    )


def at_due(loaded: Series, rhythm: Rhythm, some: Sequence[Period]) -> Seen | None:
    """The period that judges a goal that is due; None while it waits for its answers."""
    if loaded.at_due is None:
        return None
    start, reading = loaded.at_due
    first = rhythm.first_day(start.astimezone(rhythm.zone).date())
    is_open = any(period.first == first and not period.is_closed for period in some)
    return None if is_open else Seen(first + rhythm.length - DAY, reading)


def tile(standing: Standing) -> TileFacts:
    metric = standing.metric
    return TileFacts(
        metric_id=metric.pk,
        id=tile_id(metric.pk),
        url=metric.get_absolute_url(),
        question=metric.question,
        name=metric.name,
        value=known(standing),
        value_of=day_of_known(standing),
        unit=metric.unit,
        status=standing.status,
        sentence=sentences.sentence(standing),
        chart=charts.of_periods(metric, standing.periods, standing.goal, standing.status),
        owner=standing.owner,
        facts=asides(standing),
        next=next_step(standing),
        data_at=standing.data_at,
        says=says(standing),
        is_retired=metric.state == Metric.State.RETIRED,
        trace=words.trace(metric, standing.origin),
        reading=standing.value,
        so_far=standing.so_far,
    )


def known(standing: Standing, unit: str = "") -> str:
    seen = standing.known
    return words.beside(seen.value, standing.goal, unit) if seen and seen.value is not None else ""


def day_of_known(standing: Standing) -> str:
    """Of when the value is, where the last closed period has none; "" where it has one."""
    seen, rhythm = standing.known, standing.rhythm
    if seen is None or seen == standing.last:
        return ""
    said = _("in the week of %(day)s") if rhythm.length > DAY else _("on %(day)s")
    return said % {"day": words.day(rhythm.first_day(seen.day), standing.today)}


def tile_id(metric: int) -> str:
    return f"tile-{metric}"


def asides(standing: Standing) -> list[str]:
    if standing.so_far is None:
        return []
    so_far = {"value": words.beside(standing.so_far, standing.goal, standing.metric.unit)}
    return [(_("week so far: %(value)s") if standing.rhythm.length > DAY else _("today so far: %(value)s")) % so_far]


def says(standing: Standing) -> str:
    """What a screen reader hears when the tile changes."""
    state: str | Promise = standing.status.label if standing.status else _("no goal")
    metric = standing.metric
    said = [known(standing, metric.unit) or _("no data"), day_of_known(standing), state]
    return f"{metric.question} {', '.join(str(word) for word in said if word)}"


def next_step(standing: Standing) -> Link | None:
    metric, query = standing.metric, standing.metric.query
    if standing.status in {Status.ERROR, Status.STALE, Status.NO_DATA}:
        if query:
            return Link(_("Look at the query"), reverse("metrics:query", args=[query.pk]))
        return Link(_("Enter values"), reverse("metrics:values", args=[metric.pk]))
    if metric.state == Metric.State.RETIRED or standing.status in {*Status} - {Status.MISSED}:
        return None
    label = _("Reassess") if standing.goal else _("Set a goal")
    return Link(label, reverse("metrics:goal", args=[metric.pk]))
