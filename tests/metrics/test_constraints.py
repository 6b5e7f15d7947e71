"""Each rule that the database holds for numbers is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import Model

from mdd.constraints import constraint_of
from mdd.models import Squad
from metrics.models import (
    Action,
    Backfill,
    Metric,
    Reassessment,
    Refresh,
    Rollup,
    Ruling,
    Sample,
    SourceGrant,
    Tile,
    Waiting,
)
from tests.builders import make_dashboard, make_delivery, make_goal, make_member, make_metric, make_query, make_source

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2026, 3, 1)
NAN, INFINITY = float("nan"), float("inf")

Break = Callable[[Squad], object]


def refresh(squad: Squad, **fields: Any) -> Refresh:
    query = fields.pop("query", None) or make_query(squad)
    return Refresh.objects.create(**({"query": query, "slot": NOON, "until": NOON + HOUR, "due_at": NOON} | fields))


def sample(squad: Squad, **fields: Any) -> Sample:
    wanted = {"metric": make_metric(squad), "at": NOON, "value": 1.0, "origin": "hand", "taken_at": NOON} | fields
    return Sample.objects.create(**wanted)


def rollup(squad: Squad, **fields: Any) -> Rollup:
    sums = {"samples": 1, "count": 1, "weight": 1, "taken_at": NOON}
    return Rollup.objects.create(**({"metric": make_metric(squad), "grain": "day", "start": NOON} | sums | fields))


def goal(squad: Squad, **fields: Any) -> Model:
    return make_goal(make_metric(squad), **fields)


def two_goals(squad: Squad, **second: Any) -> None:
    metric = make_metric(squad)
    make_goal(metric, start=DAY, due=date(2026, 6, 1), state="ended", ended_on=date(2026, 5, 1))
    make_goal(metric, **({"start": DAY, "due": date(2026, 6, 1)} | second))


def two_active_goals(squad: Squad) -> None:
    metric = make_metric(squad)
    make_goal(metric, start=DAY, due=date(2026, 6, 1))
    make_goal(metric, start=date(2027, 3, 1), due=date(2027, 6, 1))


def two_drafts(squad: Squad) -> None:
    metric = make_metric(squad)
    for _ in range(2):
        make_goal(metric, state="draft", baseline=None)


def two_waiting(squad: Squad) -> None:
    metric, dashboard = make_metric(squad), make_dashboard(squad)
    Waiting.objects.bulk_create([Waiting(dashboard=dashboard, metric=metric) for _ in range(2)])


def two_tiles(squad: Squad) -> None:
    goal, dashboard = make_goal(make_metric(squad)), make_dashboard(squad)
    Tile.objects.bulk_create([Tile(dashboard=dashboard, metric=goal.metric) for _ in range(2)])


def two_grants(squad: Squad) -> None:
    source, by = make_source(), make_member(squad)
    SourceGrant.objects.bulk_create([SourceGrant(source=source, squad=squad, by=by) for _ in range(2)])


def two_refreshes(squad: Squad, **fields: Any) -> None:
    query = make_query(squad)
    if fields.pop("in_a_backfill", False):
        fields["backfill"] = Backfill.objects.create(query=query, start=NOON, end=NOON + HOUR)
    for _ in range(2):
        refresh(squad, query=query, **fields)


def ownerless(squad: Squad) -> None:
    make_metric(squad)
    Metric.objects.update(owner=None)


def prompt(squad: Squad, **fields: Any) -> Reassessment:
    wanted = {"trigger": "missed", "occasion": str(uuid4()), "subject": "metrics.goal:1", "title": "Wait", "due": DAY}
    return Reassessment.objects.create(squad=squad, **(wanted | fields))


def two_prompts(squad: Squad) -> None:
    for _ in range(2):
        prompt(squad, occasion="metrics.goal:1:due")


def ruling(squad: Squad, **fields: Any) -> None:
    wanted: dict[str, Any] = {"why": "x", "solvable": "yes", "decision": "adjust", "reason": "x"}
    Ruling.objects.create(reassessment=prompt(squad), by=make_member(squad), **(wanted | fields))


def promised(squad: Squad) -> None:
    owner = make_member(squad)
    Action.objects.create(squad=squad, text="", owner=owner, by=owner, due=DAY)


def query(squad: Squad, **fields: Any) -> Model:
    return make_query(squad, **fields)


def delivery(squad: Squad, **fields: Any) -> Model:
    return make_delivery(make_metric(squad), **fields)


def two_deliveries(squad: Squad) -> None:
    metric = make_metric(squad)
    for _ in range(2):
        make_delivery(metric)


BROKEN: list[tuple[str, Break]] = [
    ("dashboard_asks_a_question", lambda squad: make_dashboard(squad, question="")),
    ("dashboard_has_a_bucket", lambda squad: make_dashboard(squad, bucket="")),
    ("tile_once_per_dashboard", two_tiles),
    ("waiting_once_per_dashboard", two_waiting),
    ("goal_one_draft_per_metric", two_drafts),
    ("goal_one_active_per_metric", two_active_goals),
    ("goal_periods_do_not_overlap", two_goals),
    ("goal_periods_do_not_overlap", lambda squad: two_goals(squad, start=date(2026, 4, 30))),
    ("goal_starts_before_it_is_due", lambda squad: goal(squad, start=DAY, due=DAY)),
    ("goal_says_what_if_wrong", lambda squad: goal(squad, if_wrong="")),
    ("goal_to_reach_has_a_way_to_go", lambda squad: goal(squad, baseline=None)),
    ("goal_to_reach_has_a_way_to_go", lambda squad: goal(squad, baseline=5.0, target=5.0)),
    ("goal_within_has_two_ends", lambda squad: goal(squad, form="stay-within")),
    ("goal_within_has_two_ends", lambda squad: goal(squad, form="stay-within", upper=5.0)),
    ("goal_within_has_two_ends", lambda squad: goal(squad, form="stay-above", upper=9.0)),
    ("goal_ended_exactly_with_a_day", lambda squad: goal(squad, state="ended")),
    ("goal_ended_exactly_with_a_day", lambda squad: goal(squad, ended_on=date(2030, 1, 1))),
    (
        "goal_ends_after_it_started",
        lambda squad: goal(squad, start=DAY, due=date(2026, 6, 1), state="ended", ended_on=date(2026, 2, 1)),
    ),
    ("goal_numbers_are_finite", lambda squad: goal(squad, target=INFINITY)),
    ("goal_numbers_are_finite", lambda squad: goal(squad, target=NAN)),
    ("goal_numbers_are_finite", lambda squad: goal(squad, baseline=NAN)),
    ("goal_numbers_are_finite", lambda squad: goal(squad, form="stay-within", upper=INFINITY)),
    ("goal_form_known", lambda squad: goal(squad, form="hope")),
    ("goal_state_known", lambda squad: goal(squad, state="lost")),
    ("metric_asks_a_question", lambda squad: make_metric(squad, question="")),
    ("metric_is_fed_by_a_query_or_by_hand", lambda squad: make_metric(squad, hand_cadence="")),
    ("metric_is_fed_by_a_query_or_by_hand", lambda squad: make_metric(squad, query=make_query(squad), column="")),
    (
        "metric_is_fed_by_a_query_or_by_hand",
        lambda squad: make_metric(squad, query=make_query(squad), hand_cadence="day"),
    ),
    ("metric_in_use_has_owner_and_definition", lambda squad: make_metric(squad, definition="")),
    (
        "metric_in_use_has_owner_and_definition",
        lambda squad: Metric.objects.filter(pk=make_metric(squad).pk).update(owner=None),
    ),
    ("metric_statistic_fits_its_instrument", lambda squad: make_metric(squad, statistic="p90")),
    ("metric_statistic_fits_its_instrument", lambda squad: make_metric(squad, instrument="counter", statistic="mean")),
    ("metric_statistic_fits_its_instrument", lambda squad: make_metric(squad, instrument="guess")),
    ("backfill_has_a_length", lambda squad: Backfill.objects.create(query=make_query(squad), start=NOON, end=NOON)),
    ("refresh_once_per_slot", two_refreshes),
    ("refresh_once_per_chunk", lambda squad: two_refreshes(squad, in_a_backfill=True)),
    ("refresh_has_a_length", lambda squad: refresh(squad, until=NOON)),
    ("refresh_running_exactly_with_a_lease", lambda squad: refresh(squad, state="running")),
    ("refresh_running_exactly_with_a_lease", lambda squad: refresh(squad, fence=uuid4(), lease_until=NOON)),
    ("refresh_finished_exactly_with_a_time", lambda squad: refresh(squad, state="done")),
    ("refresh_finished_exactly_with_a_time", lambda squad: refresh(squad, finished_at=NOON)),
    ("sample_value_is_finite", lambda squad: sample(squad, value=NAN)),
    ("sample_value_is_finite", lambda squad: sample(squad, value=INFINITY)),
    ("sample_value_is_finite", lambda squad: sample(squad, value=-INFINITY)),
    ("sample_weight_not_negative", lambda squad: sample(squad, weight=-1)),
    ("sample_weight_not_negative", lambda squad: sample(squad, weight=NAN)),
    ("rollup_of_something", lambda squad: rollup(squad, samples=0)),
    ("rollup_in_order", lambda squad: rollup(squad, lowest=2, highest=1)),
    ("source_has_a_name", lambda _: make_source(name="")),
    ("source_limits_positive", lambda _: make_source(seconds=0)),
    ("source_limits_positive", lambda _: make_source(concurrency=0)),
    ("source_granted_once", two_grants),
    ("query_cadence_known", lambda squad: query(squad, cadence="fortnight")),
    ("query_grace_not_negative", lambda squad: query(squad, grace=-HOUR)),
    ("query_error_has_a_time", lambda squad: query(squad, error_code="AUTH")),
    ("query_error_has_a_time", lambda squad: query(squad, error_at=NOON)),
    ("reassessment_once_per_occasion", two_prompts),
    ("reassessment_snoozed_twice_at_most", lambda squad: prompt(squad, snoozes=3, snoozed_until=DAY)),
    ("reassessment_snooze_counts", lambda squad: prompt(squad, snoozes=1)),
    ("reassessment_snooze_counts", lambda squad: prompt(squad, snoozed_until=DAY)),
    ("reassessment_has_a_title", lambda squad: prompt(squad, title="")),
    ("ruling_says_why_the_gap_exists", lambda squad: ruling(squad, why="")),
    ("ruling_has_a_reason", lambda squad: ruling(squad, reason="")),
    ("ruling_keeps_until_a_day", lambda squad: ruling(squad, decision="keep")),
    ("ruling_adjusts_by_a_goal", lambda squad: ruling(squad, decision="retire", goal=goal(squad))),
    ("ruling_decision_known", lambda squad: ruling(squad, decision="wait")),
    ("ruling_solvable_known", lambda squad: ruling(squad, solvable="perhaps")),
    ("action_has_a_text", promised),
    ("delivery_once_per_person_metric_and_week", two_deliveries),
    ("delivery_sent_exactly_with_a_time", lambda squad: delivery(squad, state="sent")),
    ("delivery_sent_exactly_with_a_time", lambda squad: delivery(squad, sent_at=NOON)),
    ("delivery_is_held_exactly_while_sending", lambda squad: delivery(squad, state="sending")),
    ("delivery_is_held_exactly_while_sending", lambda squad: delivery(squad, lease_until=NOON)),
    ("delivery_link_lasts_beyond_its_slot", lambda squad: delivery(squad, slot=NOON, expires_at=NOON)),
    ("delivery_state_known", lambda squad: delivery(squad, state="lost")),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN)
def test_the_database_holds(squad: Squad, name: str, breaking: Break) -> None:
    with pytest.raises(IntegrityError) as refused:
        breaking(squad)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    declared = {each.name for model in apps.get_app_config("metrics").get_models() for each in model._meta.constraints}

    assert declared == {name for name, _ in BROKEN}


def test_a_goal_may_start_on_the_day_the_last_one_ended(squad: Squad) -> None:
    two_goals(squad, start=date(2026, 5, 1), due=date(2026, 6, 1))


def test_a_sample_is_one_for_a_metric_time_and_segment(squad: Squad) -> None:
    first = sample(squad)
    sample(squad, metric=first.metric, segment="north")

    with pytest.raises(IntegrityError, match="metrics_sample_pkey"):
        sample(squad, metric=first.metric)


def test_a_source_name_is_taken_once(db: None) -> None:
    make_source(name="Flights")

    with pytest.raises(IntegrityError, match="name"):
        make_source(name="Flights")


@pytest.mark.parametrize("what", ["metrics_sample", "metrics_rollup", "metrics_tile", "metrics_goal"])
def test_a_metric_with_a_past_is_not_deleted(squad: Squad, what: str) -> None:
    metric = make_goal(make_metric(squad)).metric
    sample(squad, metric=metric)
    rollup(squad, metric=metric)
    Tile.objects.create(dashboard=make_dashboard(squad), metric=metric)
    others = {"metrics_sample", "metrics_rollup", "metrics_tile", "metrics_goal"} - {what}

    with connection.cursor() as cursor:
        for table in sorted(others, reverse=True):
            cursor.execute(f"delete from {table} where metric_id = %s", [metric.pk])
        cursor.execute("delete from metrics_metric where id = %s", [metric.pk])
        with pytest.raises(IntegrityError, match=what):
            cursor.execute("set constraints all immediate")
