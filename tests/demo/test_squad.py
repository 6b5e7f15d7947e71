"""The demo's squad: made like any other, on real flights."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from mdd.engines import FlightsServer
from mdd.models import Squad
from metrics import context
from metrics.actions import sources
from metrics.models import Dashboard, Goal, Metric, Refresh, Rollup, Source
from metrics.queue import batches
from metrics.sources.errors import Code, SourceError
from tests.builders import make_squad
from tests.demo import recount
from tests.races import race
from workshops.demo import squad as loader
from workshops.demo.flights import ZONE

YESTERDAY = datetime.now(tz=ZONE).date() - timedelta(days=1)


def everything() -> Counter[str]:
    """How many rows each table holds."""
    return Counter({model._meta.label: model._base_manager.count() for model in apps.get_models()})


def test_every_question_stands_on_a_dashboard_with_a_goal(demo: Squad) -> None:
    dashboards = Dashboard.objects.filter(squad=demo, degraded_since=None)

    assert {row.bucket: row.tiles.count() for row in dashboards} == {
        "Business Performance": 4,
        "System Health": 4,
        "Usage": 4,
    }
    assert Goal.objects.active().filter(metric__squad=demo).count() == 12


def test_every_metric_leads_to_a_customer_of_a_deliverable(demo: Squad) -> None:
    for metric in Metric.objects.filter(squad=demo):
        assert metric.expectation
        assert metric.expectation.deliverable in metric.expectation.customer.deliverables.all()


def test_a_second_start_changes_nothing(demo: Squad, flights: FlightsServer) -> None:
    before = everything()

    assert loader.load(flights) == demo

    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_two_loaders_at_once_make_one_squad(flights: FlightsServer, settings: Settings) -> None:
    settings.EGRESS_ALLOW = (f"{flights.host}:{flights.port}",)

    second = race(lambda: loader.load(flights), lambda: loader.load(flights))

    assert second.result() == Squad.objects.get()


def test_a_server_that_moved_is_found_again(source: Source, flights: FlightsServer) -> None:
    loader.reach(replace(flights, port=1, reader_password="another"))

    source.refresh_from_db()
    assert source.config["port"] == 1
    assert context.secrets_of(source) == {"password": "another"}


def test_what_an_operator_changed_at_the_source_stays(source: Source, flights: FlightsServer) -> None:
    Source.objects.update(is_for_all=False, concurrency=1)

    loader.reach(replace(flights, port=1))

    assert Source.objects.filter(is_for_all=False, concurrency=1).exists()


def test_any_squad_may_ask_the_flights(source: Source) -> None:
    assert Source.objects.granted_to(make_squad()).get() == source


def test_the_source_has_nothing_to_warn_of(source: Source) -> None:
    assert sources.check(source).warnings == ()


def test_a_source_that_is_not_on_the_operators_list_is_out_of_reach(source: Source, settings: Settings) -> None:
    settings.EGRESS_ALLOW = ()

    with pytest.raises(SourceError) as caught:
        sources.check(source)

    assert caught.value.code == Code.BLOCKED


def test_what_the_back_fill_brings_equals_the_recount(demo: Squad) -> None:
    start, end = recount.midnight(YESTERDAY), recount.midnight(YESTERDAY + recount.DAY)
    touching = Refresh.objects.filter(slot__lt=end, until__gt=start).order_by("-slot")
    source = Source.objects.get()
    while ids := list(touching.due(source.created_at + timedelta(hours=1)).values_list("pk", flat=True)[:50]):
        batches.run(ids)

    days = Rollup.objects.filter(grain=Rollup.Grain.DAY, start=start)
    assert dict(days.values_list("metric__name", "reading")) == {
        name: value if value is None else pytest.approx(float(value), rel=1e-9)
        for name, value in recount.recount(YESTERDAY).items()
    }
