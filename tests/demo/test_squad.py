"""The demo's squad: made like any other, on real flights."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from mdd.engines import FlightsServer
from mdd.models import Squad
from metrics.models import Dashboard, Goal, Metric, Refresh, Rollup, Source
from metrics.queue import batches
from tests.demo import recount
from workshops.demo import squad as loader
from workshops.demo.flights import ZONE

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.long]

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
