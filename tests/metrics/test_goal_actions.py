"""Goals and the gate as actions hold them, for every way in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from mdd.models import AuditEntry, Squad, User
from metrics.actions import dashboards, goals
from metrics.actions.dashboards import GateClosed
from metrics.actions.goals import PeriodTaken, Plan
from metrics.models import Goal, Metric, Tile
from tests.builders import make_dashboard, make_goal, make_metric, make_squad
from tests.races import race

START = date(2026, 3, 1)


def plan(**fields: Any) -> Plan:
    wanted: dict[str, Any] = {
        "form": "reach",
        "baseline": 10.0,
        "target": 5.0,
        "start": START,
        "due": START + timedelta(days=90),
        "if_wrong": "ask the desk why",
    }
    return Plan(**(wanted | fields))


@pytest.fixture
def metric(squad: Squad) -> Metric:
    return make_metric(squad)


def test_a_goal_is_set_and_written_down(metric: Metric, mia: User) -> None:
    goal = goals.set_goal(metric, plan=plan(), by=mia)

    entry = AuditEntry.objects.get(what="goal-set")
    assert (goal.state, goal.target, goal.set_by) == ("active", 5.0, mia)
    assert (entry.by, entry.after and entry.after["target"]) == (mia, 5.0)


def test_a_second_goal_is_refused_with_a_sentence(metric: Metric, mia: User) -> None:
    goals.set_goal(metric, plan=plan(), by=mia)

    with pytest.raises(PeriodTaken, match="Somebody has set a goal for this metric meanwhile"):
        goals.set_goal(metric, plan=plan(start=date(2027, 1, 1), due=date(2027, 2, 1)), by=mia)


def test_days_of_an_earlier_goal_are_refused_with_a_sentence(metric: Metric, mia: User) -> None:
    today = goals.today(metric)
    days = {"start": today - timedelta(days=30), "due": today + timedelta(days=30)}
    goals.end(goals.set_goal(metric, plan=plan(**days), by=mia), because="it was the wrong question", by=mia)

    with pytest.raises(PeriodTaken, match="covers some of these days"):
        goals.set_goal(metric, plan=plan(**days), by=mia)


def test_other_mistakes_are_not_called_a_taken_period(metric: Metric, mia: User) -> None:
    with pytest.raises(IntegrityError, match="goal_to_reach_has_a_way_to_go"):
        goals.set_goal(metric, plan=plan(baseline=None), by=mia)


def test_a_goal_ended_today_makes_room_for_one_from_today(metric: Metric, mia: User) -> None:
    today = goals.today(metric)
    old = goals.set_goal(metric, plan=plan(start=today - timedelta(days=30), due=today + timedelta(days=30)), by=mia)

    goals.end(old, because="it was the wrong question", by=mia)
    new = goals.set_goal(metric, plan=plan(start=today, due=today + timedelta(days=90)), by=mia)

    old.refresh_from_db()
    assert (old.ended_on, new.start) == (today, today)


@pytest.mark.parametrize("days", [-30, 0, 1, 45, 200])
def test_a_goal_may_take_over_from_any_day(metric: Metric, mia: User, days: int) -> None:
    old = goals.set_goal(metric, plan=plan(), by=mia)
    start = START + timedelta(days=days)

    new = goals.succeed(old, plan=plan(start=start, due=start + timedelta(days=90)), because="too easy", by=mia)

    old.refresh_from_db()
    assert (old.succeeded_by, old.ended_on) == (new, max(start, START))


def test_ending_a_goal_twice_ends_it_once(metric: Metric, mia: User) -> None:
    goal = goals.set_goal(metric, plan=plan(), by=mia)

    for because in ("first", "second"):
        goals.end(goal, because=because, by=mia)

    assert Goal.objects.get().ended_because == "first"
    assert AuditEntry.objects.filter(what="goal-ended").count() == 1


def test_a_metric_without_a_goal_is_kept_out_with_the_sentence_of_the_gate(metric: Metric, mia: User) -> None:
    with pytest.raises(GateClosed, match="has no goal yet"):
        dashboards.add_tile(make_dashboard(metric.squad), metric, by=mia)

    assert not Tile.objects.exists()


def test_another_squads_metric_is_not_said_to_lack_a_goal(metric: Metric, mia: User) -> None:
    make_goal(metric)

    with pytest.raises(IntegrityError, match="another squad"):
        dashboards.add_tile(make_dashboard(make_squad()), metric, by=mia)


def test_a_metric_stands_on_a_dashboard_once(metric: Metric, mia: User) -> None:
    make_goal(metric)
    dashboard = make_dashboard(metric.squad)

    first, second = (dashboards.add_tile(dashboard, metric, by=mia) for _ in range(2))

    assert first == second
    assert AuditEntry.objects.filter(what="tile-added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_while_the_goal_ends_meets_the_gate() -> None:
    goal = make_goal(make_metric(make_squad()))
    dashboard = make_dashboard(goal.metric.squad)
    by = dashboard.owner

    tile = race(
        lambda: goals.end(goal, because="done", by=by), lambda: dashboards.add_tile(dashboard, goal.metric, by=by)
    )

    with pytest.raises(GateClosed):
        tile.result()
