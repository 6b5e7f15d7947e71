"""Drafts that start once they are measured, and metrics that wait for their goal to stand on a dashboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import AuditEntry, Squad, User
from metrics.actions import dashboards, goals, metrics, values
from metrics.actions.goals import Plan
from metrics.models import Backfill, Goal, Metric, Refresh, Tile, Waiting
from tests.builders import make_dashboard, make_goal, make_metric, make_query, make_squad
from tests.races import race

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY = date(2026, 3, 20)


def plan(**fields: Any) -> Plan:
    wanted: dict[str, Any] = {
        "form": "reach",
        "target": 5.0,
        "start": TODAY,
        "due": TODAY + timedelta(days=90),
        "if_wrong": "ask the desk why",
    }
    return Plan(**(wanted | fields))


@pytest.fixture
def metric(squad: Squad) -> Metric:
    return make_metric(squad)


def measure(metric: Metric, by: User, *days: tuple[int, float]) -> None:
    """Values of days before today."""
    for back, value in days:
        values.write_down(metric, day=TODAY - timedelta(days=back), value=value, reason="", by=by)


def test_a_draft_waits_until_something_is_measured(metric: Metric, mia: User) -> None:
    goals.draft(metric, plan=plan(), by=mia)

    started = goals.start_those_measured([metric], now=NOW)

    assert (started, Goal.objects.get().state) == ([], "draft")


def test_a_draft_starts_from_what_was_measured(metric: Metric, mia: User) -> None:
    goals.draft(metric, plan=plan(), by=mia)
    measure(metric, mia, (1, 12.0), (2, 14.0))

    goals.start_those_measured([metric], now=NOW)

    goal = Goal.objects.get()
    assert (goal.state, goal.form, goal.baseline, goal.start, goal.set_by) == ("active", "reach", 13.0, TODAY, mia)


def test_a_draft_that_counts_from_earlier_starts_from_what_was_measured_then(metric: Metric, mia: User) -> None:
    goals.draft(metric, plan=plan(start=TODAY - timedelta(days=10)), by=mia)
    measure(metric, mia, (1, 12.0), (11, 20.0))

    goals.start_those_measured([metric], now=NOW)

    assert Goal.objects.get().baseline == 20.0


def test_starting_twice_starts_once(metric: Metric, mia: User) -> None:
    draft = goals.draft(metric, plan=plan(), by=mia)
    measure(metric, mia, (1, 12.0))

    first, second = (goals.start_measured(draft, now=NOW) for _ in range(2))

    assert (first is not None, second) == (True, None)
    assert AuditEntry.objects.filter(what="goal-set").count() == 1


@pytest.mark.parametrize(
    ("direction", "seen", "form"),
    [
        ("down", 12.0, "reach"),
        ("down", 5.0, "stay-below"),
        ("down", 3.0, "stay-below"),
        ("up", 3.0, "reach"),
        ("up", 5.0, "stay-above"),
        ("up", 12.0, "stay-above"),
    ],
)
def test_who_is_at_the_target_already_stays_there(
    squad: Squad, mia: User, direction: str, seen: float, form: str
) -> None:
    metric = make_metric(squad, direction=direction)
    goals.draft(metric, plan=plan(), by=mia)
    measure(metric, mia, (1, seen))

    goals.start_those_measured([metric], now=NOW)

    assert Goal.objects.active().get().form == form


def test_a_draft_waits_while_the_past_is_being_asked_for(squad: Squad, mia: User) -> None:
    query = make_query(squad)
    metric = make_metric(squad, query=query)
    backfill = Backfill.objects.create(query=query, start=NOW - timedelta(days=90), end=NOW)
    asked = {"slot": backfill.start, "until": NOW, "due_at": NOW}
    left = Refresh.objects.create(query=query, backfill=backfill, **asked)
    draft = goals.draft(metric, plan=plan(), by=mia)
    measure(metric, mia, (1, 12.0))

    while_asked = goals.start_measured(draft, now=NOW)
    Refresh.objects.filter(pk=left.pk).update(state="done", finished_at=NOW)

    assert while_asked is None
    assert goals.start_measured(draft, now=NOW) is not None


def test_a_draft_that_meets_a_taken_period_stays_a_draft(metric: Metric, mia: User) -> None:
    make_goal(metric, start=TODAY, due=TODAY + timedelta(days=9), state="ended", ended_on=TODAY + timedelta(days=3))
    goals.draft(metric, plan=plan(), by=mia)
    measure(metric, mia, (1, 12.0))

    assert goals.start_those_measured([metric], now=NOW) == []


def test_a_goal_set_by_hand_takes_the_place_of_the_draft(
    as_mia: Client, metric: Metric, mia: User, squad: Squad
) -> None:
    today = goals.today(metric)
    wanted = plan(target=4.5, if_wrong="call the desk", start=today, due=today + timedelta(days=90))
    goals.draft(metric, plan=wanted, by=mia)
    url = reverse("metrics:goal", args=[metric.pk])

    form = as_mia.get(url).context["form"]
    typed = {name: form[name].value() for name in ("form", "target", "start", "due", "if_wrong")}
    as_mia.post(url, typed | {"baseline": 9, "operation": uuid4()})

    goal = Goal.objects.get()
    assert (goal.state, goal.target, goal.baseline, goal.if_wrong) == ("active", 4.5, 9, "call the desk")


def test_a_metric_that_waits_becomes_a_tile_with_its_goal(metric: Metric, mia: User) -> None:
    dashboard = make_dashboard(metric.squad)
    dashboards.invite(dashboard, metric, by=mia)
    waited = (Waiting.objects.count(), Tile.objects.count())

    goals.set_goal(metric, plan=plan(baseline=10.0), by=mia)

    assert (waited, Waiting.objects.count(), Tile.objects.get().dashboard) == ((1, 0), 0, dashboard)


def test_a_metric_that_has_its_goal_waits_for_nothing(metric: Metric, mia: User) -> None:
    make_goal(metric)

    dashboards.invite(make_dashboard(metric.squad), metric, by=mia)

    assert (Waiting.objects.count(), Tile.objects.count()) == (0, 1)


def test_a_metric_put_on_by_hand_waits_no_more(metric: Metric, mia: User) -> None:
    dashboard = make_dashboard(metric.squad)
    dashboards.invite(dashboard, metric, by=mia)
    make_goal(metric)

    dashboards.add_tile(dashboard, metric, by=mia)

    assert not Waiting.objects.exists()


def test_a_retired_metric_waits_for_nothing(metric: Metric, mia: User) -> None:
    dashboards.invite(make_dashboard(metric.squad), metric, by=mia)
    goals.draft(metric, plan=plan(), by=mia)

    metrics.retire(metric, by=mia)

    assert (Waiting.objects.count(), Goal.objects.count()) == (0, 0)


def test_a_dashboard_says_what_it_waits_for(as_mia: Client, metric: Metric, mia: User) -> None:
    dashboard = make_dashboard(metric.squad)
    dashboards.invite(dashboard, metric, by=mia)

    page = as_mia.get(dashboard.get_absolute_url()).content.decode()

    assert "Waiting for a goal" in page
    assert f"{reverse('metrics:goal', args=[metric.pk])}?next=" in page


def test_who_only_looks_is_not_asked_to_set_goals(as_vic: Client, metric: Metric, mia: User) -> None:
    dashboard = make_dashboard(metric.squad)
    dashboards.invite(dashboard, metric, by=mia)

    page = as_vic.get(dashboard.get_absolute_url()).content.decode()

    assert "Waiting for a goal" in page
    assert "Set the goal" not in page


def race_of_two(first: Callable[[Metric, User], object], second: Callable[[Metric, User], object]) -> None:
    metric = make_metric(make_squad())
    assert metric.owner is not None
    by = metric.owner
    dashboards.invite(make_dashboard(metric.squad), metric, by=by)
    goals.draft(metric, plan=plan(), by=by)
    measure(metric, by, (1, 12.0))

    race(lambda: first(metric, by), lambda: second(metric, by)).result()


def start(metric: Metric, _by: User) -> object:
    return goals.start_those_measured([metric], now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_that_start_a_draft_at_once_start_one_goal_and_one_tile() -> None:
    race_of_two(start, start)

    assert (Goal.objects.get().state, Tile.objects.count(), Waiting.objects.count()) == ("active", 1, 0)


@pytest.mark.django_db(transaction=True)
def test_who_is_invited_while_the_goal_is_set_stands_on_the_dashboard() -> None:
    another = make_dashboard(make_squad())

    def invite(metric: Metric, by: User) -> None:
        dashboards.invite(make_dashboard(metric.squad, owner=another.owner), metric, by=by)

    race_of_two(start, invite)

    assert (Tile.objects.count(), Waiting.objects.count()) == (2, 0)
