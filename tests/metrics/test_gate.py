"""Only a watched metric of the same squad gets a tile, whoever asks; a dashboard that loses a watch says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection

from mdd.models import Squad
from metrics.models import Dashboard, Goal, Metric, Tile
from tests.builders import make_dashboard, make_goal, make_metric, make_squad
from tests.races import race

INSERT = "insert into metrics_tile (dashboard_id, metric_id, position) values (%s, %s, 0)"


def insert_tile(dashboard: Dashboard, metric: Metric) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [dashboard.pk, metric.pk])


def end(goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(state="ended", ended_on=goal.due, ended_because="enough")


def is_degraded(dashboard: Dashboard) -> bool:
    dashboard.refresh_from_db()
    return dashboard.degraded_since is not None


def test_a_metric_with_an_active_goal_gets_a_tile(squad: Squad) -> None:
    metric, dashboard = make_metric(squad), make_dashboard(squad)
    make_goal(metric)

    insert_tile(dashboard, metric)

    assert not is_degraded(dashboard)


@pytest.mark.parametrize("state", [None, "draft", "ended"])
def test_a_metric_that_nobody_watches_gets_none(squad: Squad, state: str | None) -> None:
    metric, dashboard = make_metric(squad), make_dashboard(squad)
    if state:
        make_goal(metric, state=state, ended_on=date(2030, 1, 1) if state == "ended" else None)

    with pytest.raises(IntegrityError, match="no active goal"):
        insert_tile(dashboard, metric)


def test_a_tile_does_not_move_onto_a_metric_that_nobody_watches(squad: Squad) -> None:
    goal, dashboard = make_goal(make_metric(squad)), make_dashboard(squad)
    insert_tile(dashboard, goal.metric)

    with pytest.raises(IntegrityError, match="no active goal"):
        Tile.objects.update(metric=make_metric(squad))


def test_a_metric_of_another_squad_gets_no_tile(squad: Squad) -> None:
    goal = make_goal(make_metric(make_squad()))

    with pytest.raises(IntegrityError, match="another squad"):
        insert_tile(make_dashboard(squad), goal.metric)


def test_a_tile_does_not_move_to_another_squads_dashboard(squad: Squad) -> None:
    goal = make_goal(make_metric(squad))
    insert_tile(make_dashboard(squad), goal.metric)

    with pytest.raises(IntegrityError, match="another squad"):
        Tile.objects.update(dashboard=make_dashboard(make_squad()))


@pytest.mark.parametrize("make", [make_metric, make_dashboard])
def test_a_metric_and_a_dashboard_stay_with_their_squad(squad: Squad, make: type) -> None:
    thing = make(squad)
    thing.squad = make_squad()

    with pytest.raises(IntegrityError, match="stays with its squad"):
        thing.save()


def test_a_dashboard_is_degraded_while_a_metric_on_it_has_no_goal(squad: Squad) -> None:
    goal, other = make_goal(make_metric(squad)), make_goal(make_metric(squad))
    shows, elsewhere = make_dashboard(squad), make_dashboard(squad)
    insert_tile(shows, goal.metric)
    insert_tile(shows, other.metric)
    insert_tile(elsewhere, other.metric)

    end(goal)
    assert is_degraded(shows)
    assert not is_degraded(elsewhere)

    make_goal(goal.metric, start=goal.due, due=date(2040, 1, 1))
    assert not is_degraded(shows)


def test_it_stays_degraded_until_the_last_goal_is_back(squad: Squad) -> None:
    goals, dashboard = [make_goal(make_metric(squad)) for _ in range(2)], make_dashboard(squad)
    for goal in goals:
        insert_tile(dashboard, goal.metric)
        end(goal)
    dashboard.refresh_from_db()
    since = dashboard.degraded_since

    make_goal(goals[0].metric, start=goals[0].due, due=date(2040, 1, 1))

    dashboard.refresh_from_db()
    assert dashboard.degraded_since == since is not None


@pytest.mark.parametrize("way", ["the tile is taken off", "the goal is deleted"])
def test_taking_the_tile_off_heals_and_deleting_the_goal_hurts(squad: Squad, way: str) -> None:
    goal, dashboard = make_goal(make_metric(squad)), make_dashboard(squad)
    insert_tile(dashboard, goal.metric)
    goal.delete()
    assert is_degraded(dashboard)

    Tile.objects.all().delete()

    assert not is_degraded(dashboard)


def test_setting_and_ending_a_goal_marks_the_metric_as_changed(squad: Squad) -> None:
    metric = make_metric(squad)
    stamps = [metric.changed_at]

    goal = make_goal(metric)
    stamps.append(Metric.objects.get(pk=metric.pk).changed_at)
    end(goal)
    stamps.append(Metric.objects.get(pk=metric.pk).changed_at)

    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    "edit",
    [
        {"target": 4},
        {"baseline": 11},
        {"due": date(2040, 1, 1)},
        {"start": date(2020, 1, 1)},
        {"form": "stay-below"},
        {"if_wrong": "shrug"},
        {"state": "draft"},
    ],
)
@pytest.mark.parametrize("state", ["active", "ended"])
def test_a_goal_is_never_edited(squad: Squad, edit: dict[str, object], state: str) -> None:
    make_goal(make_metric(squad), state=state, ended_on=date(2030, 1, 1) if state == "ended" else None)

    with pytest.raises(IntegrityError, match="not edited"):
        Goal.objects.update(**edit)


def test_an_ended_goal_stays_ended(squad: Squad) -> None:
    end(make_goal(make_metric(squad)))

    with pytest.raises(IntegrityError, match="not edited"):
        Goal.objects.update(state="active", ended_on=None)


def test_a_draft_of_a_goal_may_be_edited(squad: Squad) -> None:
    make_goal(make_metric(squad), state="draft")

    Goal.objects.update(target=4)

    assert Goal.objects.get().target == 4


@pytest.mark.django_db(transaction=True)
def test_a_tile_that_races_the_end_of_its_goal_finds_the_gate_closed() -> None:
    goal = make_goal(make_metric(make_squad()))
    dashboard = make_dashboard(goal.metric.squad)

    tile = race(lambda: end(goal), lambda: insert_tile(dashboard, goal.metric))

    with pytest.raises(IntegrityError, match="no active goal"):
        tile.result()
    assert not Tile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_goal_that_races_a_new_tile_degrades_its_dashboard() -> None:
    goal = make_goal(make_metric(make_squad()))
    dashboard = make_dashboard(goal.metric.squad)

    race(lambda: insert_tile(dashboard, goal.metric), lambda: end(goal)).result()

    assert is_degraded(dashboard)


@pytest.mark.django_db(transaction=True)
def test_two_goals_that_come_back_at_once_heal_their_dashboard() -> None:
    goals = [make_goal(make_metric(squad)) for squad in [make_squad()] for _ in range(2)]
    dashboard = make_dashboard(goals[0].metric.squad)
    for goal in goals:
        insert_tile(dashboard, goal.metric)
        end(goal)

    def come_back(goal: Goal) -> Goal:
        return make_goal(goal.metric, start=goal.due, due=date(2040, 1, 1))

    race(lambda: come_back(goals[0]), lambda: come_back(goals[1])).result()

    assert not is_degraded(dashboard)
