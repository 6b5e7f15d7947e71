"""One query feeds several metrics; what does not fit one of them is a matter of that one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mdd.models import User
from metrics.actions import queries, refreshes
from metrics.models import Metric, Query, Refresh
from metrics.queue import batches, due
from tests import builders

from .conftest import HOUR, NOON, MakeMetric, values

SENTENCE = "The answer has no column “othr”; it has value, other."


@pytest.fixture
def fits(metric_of: MakeMetric) -> Metric:
    return metric_of("SELECT 1 AS value, 2 AS other")


@pytest.fixture
def misfit(fits: Metric) -> Metric:
    return builders.make_metric(fits.squad, query=fits.query, column="othr")


def work() -> None:
    batches.run(list(Refresh.objects.due(timezone.now()).order_by("-slot").values_list("pk", flat=True)))


def troubles(client: Client, metric: Metric) -> list[str]:
    return [fact.text for fact in client.get(metric.get_absolute_url()).context["feed"] if fact.label == "Trouble"]


def test_a_column_that_does_not_fit_stops_no_other_metric(fits: Metric, misfit: Metric) -> None:
    due.insert(NOON)

    work()

    assert (values(fits), values(misfit)) == ({1: 1.0}, {})
    refresh = Refresh.objects.get()
    assert (refresh.state, refresh.error_code, refresh.error) == ("done", "BAD_SHAPE", SENTENCE)
    assert Query.objects.get().error == ""


def test_only_the_page_of_what_does_not_fit_tells_of_it(fits: Metric, misfit: Metric, as_mia: Client) -> None:
    due.insert(NOON)

    work()

    assert troubles(as_mia, misfit) == [SENTENCE]
    assert troubles(as_mia, fits) == []


def test_each_of_several_that_do_not_fit_tells_its_own_trouble(fits: Metric, misfit: Metric, as_mia: Client) -> None:
    twin = builders.make_metric(fits.squad, query=fits.query, column="value", instrument="timer", statistic="p90")
    due.insert(NOON)

    work()

    assert troubles(as_mia, misfit) == [SENTENCE]
    assert troubles(as_mia, twin) == ["The answer has no column “bound”; it has value, other."]
    assert troubles(as_mia, fits) == []


def test_where_nothing_fits_each_tells_its_own_trouble_on_its_page_and_tile(
    metric_of: MakeMetric, as_mia: Client
) -> None:
    first = metric_of("SELECT 1 AS one")
    second = builders.make_metric(first.squad, query=first.query, column="othr")
    due.insert(NOON)

    work()

    pages = [as_mia.get(metric.get_absolute_url()).context for metric in (first, second)]
    for column, page in zip(("value", "othr"), pages, strict=True):
        sentence = f"The answer has no column “{column}”; it has one."
        assert [fact.text for fact in page["feed"] if fact.label == "Trouble"] == [sentence]
        assert sentence in page["tile"].sentence


def test_who_fits_again_has_no_trouble_any_more(fits: Metric, misfit: Metric, as_mia: Client, ada: User) -> None:
    due.insert(NOON)
    work()
    Query.objects.update(text="SELECT 1 AS value, 2 AS othr")

    refreshes.back_fill(Query.objects.get(), NOON - HOUR, NOON, by=ada, metric=misfit)
    work()

    assert troubles(as_mia, misfit) == []


def test_what_is_retired_has_no_trouble(fits: Metric, misfit: Metric, as_mia: Client) -> None:
    due.insert(NOON)
    work()

    Metric.objects.filter(pk=misfit.pk).update(state="retired")

    assert troubles(as_mia, misfit) == []


def test_a_past_that_cannot_be_cut_into_slots_is_told_to_the_metric_that_asked(
    fits: Metric, as_mia: Client, ada: User
) -> None:
    Query.objects.update(text="SELECT 'then' AS ts, 1 AS value, 2 AS other")
    other = builders.make_metric(fits.squad, query=fits.query, column="other")
    refreshes.back_fill(Query.objects.get(), NOON - 3 * HOUR, NOON, by=ada, metric=other)

    work()

    assert (troubles(as_mia, other), troubles(as_mia, fits)) == (["“ts” holds “then” where a time is wanted."], [])


def test_the_past_of_one_metric_that_does_not_fit_is_no_trouble_of_the_others(
    fits: Metric, misfit: Metric, as_mia: Client, ada: User
) -> None:
    query = Query.objects.get()
    refreshes.back_fill(query, NOON - HOUR, NOON, by=ada, metric=misfit)

    work()

    query.refresh_from_db()
    assert (Refresh.objects.get().state, query.error) == ("dead", "")
    assert troubles(as_mia, misfit) == [SENTENCE]
    assert troubles(as_mia, fits) == []


def test_what_feeds_nobody_else_tells_at_once_that_it_does_not_fit(metric_of: MakeMetric, ada: User) -> None:
    metric = metric_of("SELECT 1 AS count")
    query = Query.objects.get()
    refreshes.back_fill(query, NOON - HOUR, NOON, by=ada, metric=metric)

    work()

    query.refresh_from_db()
    assert query.error_code == "BAD_SHAPE"


def test_a_mended_query_is_asked_again_for_what_did_not_fit(fits: Metric, misfit: Metric, ada: User) -> None:
    due.insert(NOON)
    work()
    Refresh.objects.update(until=timezone.now())

    queries.edit(
        Query.objects.get(), text="SELECT 1 AS value, 2 AS othr", cadence=fits.cadence, grace=timedelta(0), by=ada
    )
    assert Refresh.objects.get().state == "waiting"
    Refresh.objects.update(until=NOON)
    work()

    assert (values(fits), values(misfit)) == ({1: 1.0}, {1: 2.0})
