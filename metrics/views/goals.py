"""Setting the goal of a metric that has none. One that is active changes by a reassessment only."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mdd.actions import operations
from mdd.http import Request, posted
from metrics import baselines
from metrics.actions import goals as actions
from metrics.baselines import Proposal
from metrics.forms.goals import GoalForm, fitted
from metrics.models import Goal, Metric, Reassessment
from metrics.triggers import subject_of
from metrics.views import page


@login_required
def goal(request: Request, pk: int) -> HttpResponse:
    metric = page.fetch_in_use(request, pk)
    if request.method != "POST" and (active := metric.goals.active().first()):
        return to_reassess(request, metric, active)
    proposal = baselines.propose(metric, timezone.now())
    form = GoalForm(posted(request), metric=metric, initial=proposed(metric, proposal))
    context = {"form": form, "metric": metric, "measured": proposal and proposal.sentence}
    if not form.is_valid():
        return render(request, "metrics/goal.html", context, status=422 if form.is_bound else 200)

    there = destination(request, metric)
    try:
        return redirect(
            operations.once(form.key, request.user, lambda: keep(request, metric, form, there), words=form.words)
        )
    except actions.PeriodTaken as taken:
        form.add_error("start", str(taken))
        return render(request, "metrics/goal.html", context, status=422)


def to_reassess(request: Request, metric: Metric, active: Goal) -> HttpResponse:
    """An active goal is not edited: where it is asked about already, that is the place, else one may ask."""
    asked = Reassessment.objects.visible_to(request.actor).undecided().filter(subject=subject_of(active)).first()
    if asked:
        return redirect(asked)
    context = {"metric": metric, "goal": page.goal_facts(active, metric)}
    return render(request, "metrics/active_goal.html", context)


def keep(request: Request, metric: Metric, form: GoalForm, there: str) -> str:
    actions.set_goal(metric, plan=form.plan, by=request.user)
    return there


def proposed(metric: Metric, proposal: Proposal | None) -> dict[str, object]:
    """What was measured, and what a draft has said already."""
    draft = metric.goals.drafts().first()
    said = {name: value for name, value in asdict(actions.plan_of(draft)).items() if value is not None} if draft else {}
    return fitted((proposal.initial if proposal else first_days(metric)) | said, metric.direction)


def first_days(metric: Metric) -> dict[str, object]:
    today = timezone.now().astimezone(metric.zone).date()
    return {"start": today, "due": today + timedelta(days=90)}


def destination(request: Request, metric: Metric) -> str:
    """Back to the page that sent here, if it is one of ours; else to the metric."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else metric.get_absolute_url()
