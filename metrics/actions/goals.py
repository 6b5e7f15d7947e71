"""Setting goals, ending them, and letting a new one take over. An active goal is never edited."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.constraints import constraint_of
from mdd.models import User
from metrics import baselines, hints
from metrics.actions import dashboards, refreshes
from metrics.models import Goal, Metric


@dataclass(frozen=True)
class Plan:
    """Where a metric shall be. `upper` belongs to "stay within" only, `baseline` to "reach" at least."""

    form: str
    target: float
    start: date
    due: date
    if_wrong: str
    baseline: float | None = None
    upper: float | None = None
    why_this_number: str = ""


TAKEN = ("goal_periods_do_not_overlap", "goal_one_active_per_metric")


class PeriodTaken(Exception):
    """Another goal of the metric covers part of the period; the message says what to do."""


@transaction.atomic
def set_goal(metric: Metric, *, plan: Plan, by: User | None) -> Goal:
    """Give a metric that has none its goal: a draft goes, and dashboards that it waited for take it in.

    Raises PeriodTaken.
    """
    metric = locked(metric)
    if metric.goals.active().exists():
        raise PeriodTaken(_("Somebody has set a goal for this metric meanwhile. That one can be reassessed."))
    metric.goals.drafts().delete()
    try:
        with transaction.atomic():
            goal = Goal.objects.create(metric=metric, set_by=by, **asdict(plan))
    except IntegrityError as error:
        if constraint_of(error) not in TAKEN:
            raise
        raise PeriodTaken(_("Another goal of this metric covers some of these days. Start later.")) from error
    audit.record("goal-set", goal, by=by, squad=metric.squad, after=said(goal))
    dashboards.let_in(metric, by=by)
    return goal


@transaction.atomic
def draft(metric: Metric, *, plan: Plan, by: User) -> Goal:
    """Keep a goal to reach until it is measured from where. Another draft takes the place of the one before."""
    metric = locked(metric)
    metric.goals.drafts().delete()
    kept = replace(plan, form=Goal.Form.REACH, baseline=None, upper=None)
    goal = Goal.objects.create(metric=metric, set_by=by, state=Goal.State.DRAFT, **asdict(kept))
    audit.record("goal-drafted", goal, by=by, squad=metric.squad, after=said(goal))
    return goal


@transaction.atomic
def start_measured(goal: Goal, *, now: datetime) -> Goal | None:
    """Set the goal that a draft stands for, from the baseline that was measured.

    None while nothing is measured, or the past is still being asked for. Raises PeriodTaken.
    """
    metric = locked(goal.metric)
    waiting = metric.goals.drafts().filter(pk=goal.pk).first()
    if waiting is None or (metric.query and refreshes.unfinished(metric.query).exists()):
        return None
    baseline = baselines.measured(metric, since=waiting.start, now=now)
    if baseline is None:
        return None
    return set_goal(metric, plan=fitting(plan_of(waiting), metric.direction, baseline), by=waiting.set_by)


def start_those_measured(metrics: Iterable[Metric], *, now: datetime) -> list[Goal]:
    """Start the drafts of these metrics that can be started. One that meets a taken period stays a draft."""
    started = []
    for waiting in Goal.objects.drafts().filter(metric__in=[metric.pk for metric in metrics]).select_related("metric"):
        with suppress(PeriodTaken):
            started.append(start_measured(waiting, now=now))
    return [goal for goal in started if goal]


def fitting(plan: Plan, direction: str, baseline: float) -> Plan:
    """The plan from this baseline on. Who is there already has nothing to reach, and stays there."""
    is_up = direction == Metric.Direction.UP
    is_there = baseline >= plan.target if is_up else baseline <= plan.target
    stay = Goal.Form.STAY_ABOVE if is_up else Goal.Form.STAY_BELOW
    return replace(plan, form=stay if is_there else Goal.Form.REACH, baseline=baseline)


def plan_of(goal: Goal) -> Plan:
    return Plan(**{field.name: getattr(goal, field.name) for field in fields(Plan)})


@transaction.atomic
def end(goal: Goal, *, because: str, by: User | None, on: date | None = None) -> Goal:
    """End an active goal on a day, today unless said otherwise. Ending it again changes nothing."""
    metric = locked(goal.metric)
    goal = Goal.objects.get(pk=goal.pk)
    if goal.state == Goal.State.ACTIVE:
        goal.state, goal.ended_because = Goal.State.ENDED, because
        goal.ended_on = max(on or today(metric), goal.start)
        goal.save(update_fields=["state", "ended_on", "ended_because"])
        audit.record("goal-ended", goal, by=by, squad=metric.squad, before=said(goal), after={"because": because})
    return goal


@transaction.atomic
def succeed(goal: Goal, *, plan: Plan, because: str, by: User | None) -> Goal:
    """Let a new goal take over: the old one ends on the day on which it starts, and stays on the chart."""
    old = end(goal, because=because, by=by, on=plan.start)
    new = set_goal(old.metric, plan=plan, by=by)
    old.succeeded_by = new
    old.save(update_fields=["succeeded_by"])
    return new


def locked(metric: Metric) -> Metric:
    """The metric, held against whoever puts it on a dashboard meanwhile, and marked as changed."""
    rows = Metric.objects.select_related("squad").select_for_update(of=("self",), no_key=True)
    metric = rows.get(pk=metric.pk)
    metric.changed_at = timezone.now()
    metric.save(update_fields=["changed_at"])
    hints.of_metrics([metric.pk])
    return metric


def today(metric: Metric) -> date:
    return timezone.now().astimezone(metric.zone).date()


def said(goal: Goal) -> dict[str, Any]:
    """What the audit keeps of a goal."""
    return {
        "form": goal.form,
        "baseline": goal.baseline,
        "target": goal.target,
        "upper": goal.upper,
        "start": goal.start.isoformat(),
        "due": goal.due.isoformat(),
        "if_wrong": goal.if_wrong,
    }
