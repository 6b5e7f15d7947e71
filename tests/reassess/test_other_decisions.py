"""Deciding about dashboards and owners, putting off, and asking by hand."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client

from mdd.models import Squad, User
from metrics.actions import reassessments as actions
from metrics.actions.reassessments import Refused
from metrics.models import Dashboard, Goal, Metric, Reassessment, Tile
from tests.builders import make_dashboard
from tests.reassess.builders import DAY, make_prompt
from tests.reassess.deciding import decide, off_pace, to_keep, to_retire, today, typed


def about_dashboard(dashboard: Dashboard, trigger: str) -> Reassessment:
    return Reassessment.objects.create(
        squad=dashboard.squad,
        trigger=trigger,
        occasion=str(uuid4()),
        subject=f"metrics.dashboard:{dashboard.pk}",
        title=dashboard.question,
        due=today(dashboard.squad),
    )


def test_a_degraded_dashboard_loses_what_has_no_goal(squad: Squad, lea: User) -> None:
    kept, lost = off_pace(squad), off_pace(squad)
    dashboard = make_dashboard(squad)
    for goal in (kept, lost):
        Tile.objects.create(dashboard=dashboard, metric=goal.metric)
    Goal.objects.filter(pk=lost.pk).update(state="ended", ended_on=lost.due, ended_because="x")

    decide(about_dashboard(dashboard, "degraded"), typed(decision="adjust"), lea)

    dashboard.refresh_from_db()
    assert Tile.objects.get().metric == kept.metric
    assert dashboard.degraded_since is None


def test_a_kept_dashboard_is_looked_at_again(squad: Squad, lea: User) -> None:
    dashboard = make_dashboard(squad, review_date=today(squad))

    decide(about_dashboard(dashboard, "review"), to_keep(squad, lea), lea)

    dashboard.refresh_from_db()
    assert dashboard.review_date == today(squad) + 28 * DAY


def test_a_cleared_dashboard_keeps_its_metrics(squad: Squad, lea: User) -> None:
    goal, dashboard = off_pace(squad), make_dashboard(squad, review_date=today(squad))
    Tile.objects.create(dashboard=dashboard, metric=goal.metric)

    decide(about_dashboard(dashboard, "review"), to_retire(), lea)

    dashboard.refresh_from_db()
    assert (dashboard.tiles.count(), dashboard.review_date, Goal.objects.active().count()) == (0, None, 1)


def test_a_number_without_an_owner_is_handed_over(squad: Squad, goal: Goal, lea: User, mia: User) -> None:
    prompt = make_prompt(goal, trigger="owner-gone", subject=f"metrics.metric:{goal.metric.pk}")

    decide(prompt, typed(decision="adjust", **{"adjust-owner": mia.pk}), lea)

    assert Metric.objects.get().owner == mia


def test_a_prompt_is_put_off_twice_at_most(squad: Squad, goal: Goal, lea: User) -> None:
    prompt = make_prompt(goal, due=today(squad) + DAY)

    for seen in range(2):
        actions.snooze(prompt, seen=seen, by=lea)
    with pytest.raises(Refused, match="twice already"):
        actions.snooze(prompt, seen=2, by=lea)

    prompt.refresh_from_db()
    assert (prompt.snoozes, prompt.snoozed_until, prompt.due) == (2, today(squad) + 7 * DAY, today(squad) + 7 * DAY)
    with pytest.raises(IntegrityError, match="snoozed_twice_at_most"):
        Reassessment.objects.update(snoozes=3)


def test_putting_off_sent_twice_puts_off_once(goal: Goal, lea: User) -> None:
    prompt = make_prompt(goal)

    for _ in range(2):
        actions.snooze(prompt, seen=0, by=lea)

    prompt.refresh_from_db()
    assert prompt.snoozes == 1


def test_asking_for_a_goal_to_be_reassessed_leads_to_one_prompt(as_mia: Client, goal: Goal) -> None:
    url = f"/metrics/{goal.metric.pk}/reassess/"

    first, second = as_mia.post(url), as_mia.post(url)

    prompt = Reassessment.objects.get()
    assert (prompt.trigger, prompt.facts["goal"]["target"]) == ("asked", 82.0)
    assert first["Location"] == second["Location"] == prompt.get_absolute_url()
    assert as_mia.get(f"/metrics/{goal.metric.pk}/goal/")["Location"] == first["Location"]


def test_a_goal_that_was_decided_may_be_asked_about_again(squad: Squad, goal: Goal, mia: User, lea: User) -> None:
    decide(actions.ask(goal, by=mia), to_keep(squad, mia), lea)

    again = actions.ask(goal, by=mia)

    assert Reassessment.objects.undecided().get() == again
