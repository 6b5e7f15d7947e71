"""Who writes about a metric and who keeps an answer wait for each other, and never in a ring."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from mdd.models import Squad, User
from metrics.actions import metrics, samples
from metrics.actions.metrics import Plan
from metrics.models import Metric, Query, Sample
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric, make_query
from tests.races import alone, is_somebody_waiting_for_us, race, until

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def planned(query: Query, owner: User) -> Plan:
    return Plan(
        question="How many call?",
        name="Calls",
        direction="down",
        instrument="counter",
        statistic="sum",
        owner=owner,
        definition="Calls that came in.",
        query=query,
        column="value",
    )


def test_a_metric_that_retires_and_an_answer_that_is_just_being_kept(squad: Squad, ada: User) -> None:
    query = make_query(squad)
    metric = make_metric(squad, query=query)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Query.objects.filter(pk=query.pk).update(answered_at=NOON)
            retiring = pool.submit(alone, lambda: metrics.retire(metric, by=ada))
            until(lambda: retiring.done() or is_somebody_waiting_for_us())
            samples.keep([Reading(metric.pk, NOON, 1.0)], origin=Origin.PULL, taken_at=NOON + HOUR)
        retiring.result(timeout=20)

    assert Metric.objects.get().state == Metric.State.RETIRED
    assert not Query.objects.get().is_running
    assert Sample.objects.get().value == 1.0


@pytest.mark.parametrize("is_retired_first", [False, True])
def test_a_metric_that_is_defined_while_the_last_of_its_query_retires_is_asked_for(
    squad: Squad, ada: User, *, is_retired_first: bool
) -> None:
    query = make_query(squad)
    last = make_metric(squad, query=query)
    works = [lambda: metrics.define(squad, plan=planned(query, ada), by=ada), lambda: metrics.retire(last, by=ada)]
    first, second = reversed(works) if is_retired_first else works

    race(first, second).result()

    assert Query.objects.get().is_running
