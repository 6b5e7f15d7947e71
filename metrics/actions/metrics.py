"""Writing metrics: defining, describing, retiring."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from mdd.actions import audit
from mdd.models import Expectation, Squad, User
from metrics.actions import goals, refreshes
from metrics.models import Metric, Query
from metrics.slots import DAY, Cadence, slot_at

PAST = 90 * DAY


@dataclass(frozen=True)
class Plan:
    """A metric to be: what it asks, whose it is, and how it is fed.

    `query` with `column`, or `hand_cadence`: exactly one of the two. `instrument` and `statistic` fit each other.
    """

    question: str
    name: str
    direction: str
    instrument: str
    statistic: str
    owner: User
    definition: str
    unit: str = ""
    why: str = ""
    expectation: Expectation | None = None
    query: Query | None = None
    column: str = ""
    hand_cadence: str = ""


@transaction.atomic
def define(squad: Squad, *, plan: Plan, by: User) -> Metric:
    """Make a metric and put it in use. What a source can answer is asked for the last 90 whole days."""
    if plan.query:
        begin_asking(plan.query)
    state = Metric.State.ACTIVE if plan.definition else Metric.State.COLLECTING
    planned = {field.name: getattr(plan, field.name) for field in fields(plan)}
    metric = Metric.objects.create(squad=squad, state=state, **planned)
    audit.record("metric-defined", metric, by=by, squad=squad, after={"question": plan.question, "feed": feed(plan)})
    if plan.query:
        now = timezone.now()
        whole_days_ago = slot_at(now.astimezone(squad.tz) - PAST, Cadence.DAY, squad.tz)
        refreshes.back_fill(plan.query, whole_days_ago, now, by=by, metric=metric)
    return metric


def begin_asking(query: Query) -> None:
    """Lock the query, which somebody may have stopped meanwhile."""
    refreshes.locked(query)
    Query.objects.filter(pk=query.pk).update(is_running=True)


def feed(plan: Plan) -> str:
    return f"query {plan.query.pk}, {plan.column}" if plan.query else f"by hand, each {plan.hand_cadence}"


@transaction.atomic
def describe(metric: Metric, *, by: User, **wanted: Any) -> Metric:
    """Change what a metric says about itself; how it is measured stays."""
    metric = goals.locked(metric)
    before = {field: str(getattr(metric, field) or "") for field in wanted}
    for field, value in wanted.items():
        setattr(metric, field, value)
    metric.save(update_fields=list(wanted))
    after = {field: str(value or "") for field, value in wanted.items()}
    changed = {field for field in wanted if before[field] != after[field]}
    audit.record(
        "metric-described",
        metric,
        by=by,
        squad=metric.squad,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return metric


@transaction.atomic
def retire(metric: Metric, *, by: User) -> None:
    """Stop collecting. The numbers stay; the metric leaves its dashboards and its goal ends."""
    if metric.query:
        refreshes.locked(metric.query)
    metric = goals.locked(metric)
    if metric.state == Metric.State.RETIRED:
        return
    metric.tiles.all().delete()
    metric.waiting.all().delete()
    metric.goals.drafts().delete()
    for goal in metric.goals.active():
        goals.end(goal, because="the metric was retired", by=by)
    metric.state = Metric.State.RETIRED
    metric.save(update_fields=["state"])
    stop_asking(metric)
    audit.record("metric-retired", metric, by=by, squad=metric.squad)


def stop_asking(metric: Metric) -> None:
    """A query that feeds nobody any more is not asked."""
    if metric.query and not metric.query.metrics.exclude(state=Metric.State.RETIRED).exists():
        Query.objects.filter(pk=metric.query.pk).update(is_running=False)


def follow(old: Expectation, new: Expectation) -> None:
    """Let metrics serve the new wording of an expectation."""
    Metric.objects.filter(expectation=old).update(expectation=new)
