"""A metric's page leads first to what is wanted of it now."""

from __future__ import annotations

import re

from django.test import Client
from django.utils import timezone

from mdd.models import Squad
from metrics.models import Metric
from tests.builders import make_goal, make_metric, make_prompt, make_query

MAIN = re.compile(r'class="button button--main"[^>]*href="([^"]+)"')


def leads_to(client: Client, metric: Metric) -> list[str]:
    return MAIN.findall(client.get(metric.get_absolute_url()).content.decode())


def test_a_number_that_somebody_owes_comes_before_the_goal(as_mia: Client, squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="day")
    make_goal(metric)

    assert leads_to(as_mia, metric) == [f"/metrics/{metric.pk}/values/"]


def test_a_metric_without_a_goal_wants_one(as_mia: Client, squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad, answered_at=timezone.now()))

    assert leads_to(as_mia, metric) == [f"/metrics/{metric.pk}/goal/"]


def test_a_goal_that_was_just_set_is_left_alone(as_mia: Client, squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad, answered_at=timezone.now()))
    make_goal(metric)

    assert leads_to(as_mia, metric) == []


def test_a_decision_that_is_wanted_leads_to_the_goal(as_mia: Client, squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad, answered_at=timezone.now()))
    make_goal(metric)
    make_prompt(squad, metric=metric)

    assert leads_to(as_mia, metric) == [f"/metrics/{metric.pk}/goal/"]


def test_a_query_that_only_a_person_can_mend_comes_first(as_mia: Client, squad: Squad) -> None:
    query = make_query(squad, error_code="BAD_QUERY", error="Line 1: no such column.", error_at=timezone.now())
    metric = make_metric(squad, query=query)

    assert leads_to(as_mia, metric) == [f"/queries/{query.pk}/"]
