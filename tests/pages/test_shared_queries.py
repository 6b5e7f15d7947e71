"""A metric that reads a column of an answer that is asked already."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import refreshes, sources
from metrics.models import Backfill, Metric
from metrics.slots import DAY
from tests import builders
from tests.pages.test_metrics import by_select, url
from tests.servers import Server


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"column": "vlaue"}, "The answer has no column “vlaue”; it has value, name."),
        ({"column": "name"}, "“name” holds “x” where a number is wanted."),
        ({"reading": "timer:p90"}, "The answer has no column “bound”; it has value, name."),
    ],
)
def test_a_column_that_an_answer_does_not_hold_is_refused_beside_the_field(
    as_mia: Client, squad: Squad, mia: User, server: Server, fields: dict[str, str], sentence: str
) -> None:
    source = sources.create(name="Desk", kind="postgres", config=server.config(), by=None, is_for_all=True)
    query = builders.make_query(squad, source, text="SELECT 1 AS value, 'x' AS name")
    form = by_select(mia, query=query.pk, text="")

    refused = as_mia.post(url(squad, "sql"), form | fields)
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"column": [sentence]}
    assert not Metric.objects.exists()

    assert as_mia.post(url(squad, "sql"), form).status_code == 302


@pytest.fixture
def sisters(squad: Squad) -> tuple[Metric, Metric]:
    """Two metrics of one query."""
    query = builders.make_query(squad)
    return builders.make_metric(squad, query=query), builders.make_metric(squad, query=query, column="other")


def back_filled(metric: Metric, by: User, *, alone: bool) -> Backfill:
    """A back-fill that is under way, for this metric or for all that read the answer."""
    assert metric.query
    now = timezone.now()
    return refreshes.back_fill(metric.query, now - 7 * DAY, now, by=by, metric=metric if alone else None)


def test_only_the_page_of_the_metric_that_is_back_filled_tells_of_it(
    as_mia: Client, mia: User, sisters: tuple[Metric, Metric]
) -> None:
    backfill = back_filled(sisters[1], mia, alone=True)

    told = [as_mia.get(metric.get_absolute_url()).context["backfill"] for metric in sisters]

    assert told == [None, backfill]


def test_what_is_asked_again_for_all_metrics_of_a_query_is_told_on_each_page(
    as_mia: Client, mia: User, sisters: tuple[Metric, Metric]
) -> None:
    backfill = back_filled(sisters[1], mia, alone=False)

    told = [as_mia.get(metric.get_absolute_url()).context["backfill"] for metric in sisters]

    assert told == [backfill, backfill]


def test_who_stops_a_back_fill_comes_back_to_the_metric_that_it_was_for(
    as_mia: Client, mia: User, sisters: tuple[Metric, Metric]
) -> None:
    backfill = back_filled(sisters[1], mia, alone=True)

    response = as_mia.post(reverse("metrics:cancel", args=[backfill.pk]))

    assert response.headers["Location"] == sisters[1].get_absolute_url()
