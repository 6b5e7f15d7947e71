"""Building dashboards by hand, and the gate that they pass."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from mdd.models import Squad
from metrics.models import Dashboard, Tile
from tests import builders


@pytest.fixture
def dashboard(squad: Squad) -> Dashboard:
    return builders.make_dashboard(squad)


def add(client: Client, dashboard: Dashboard, metric: object) -> tuple[int, str]:
    url = reverse("metrics:add-tile", args=[dashboard.pk])
    response = client.post(url, {"metric": metric, "operation": uuid4()}, follow=True)
    return response.status_code, response.content.decode()


def test_a_member_makes_a_dashboard(as_mia: Client, squad: Squad) -> None:
    url = reverse("metrics:new-dashboard", args=[squad.slug])

    response = as_mia.post(url, {"question": "Do callers get answers?", "bucket": "Usage", "operation": uuid4()})

    assert response["Location"] == Dashboard.objects.get().get_absolute_url()


@pytest.mark.parametrize("field", ["question", "bucket"])
def test_a_dashboard_without_a_question_or_bucket_is_asked_again(as_mia: Client, squad: Squad, field: str) -> None:
    url = reverse("metrics:new-dashboard", args=[squad.slug])
    form = {"question": "Do callers get answers?", "bucket": "Usage", "operation": uuid4()} | {field: ""}

    assert as_mia.post(url, form).status_code == 422
    assert not Dashboard.objects.exists()


def test_a_metric_with_a_goal_comes_on(as_mia: Client, squad: Squad, dashboard: Dashboard) -> None:
    metric = builders.make_metric(squad)
    builders.make_goal(metric)

    status, page = add(as_mia, dashboard, metric.pk)

    assert status == 200
    assert f"Take off: {metric.question}" in page
    assert metric.question in as_mia.get(dashboard.get_absolute_url()).content.decode()


def test_whoever_has_chosen_goes_on_to_the_dashboard(as_mia: Client, squad: Squad, dashboard: Dashboard) -> None:
    url = reverse("metrics:add-tile", args=[dashboard.pk])
    way_on = f'<a class="button button--main" href="{dashboard.get_absolute_url()}">Done</a>'
    metric = builders.make_goal(builders.make_metric(squad)).metric

    before = as_mia.get(url)
    add(as_mia, dashboard, metric.pk)
    after = as_mia.get(url)

    assertNotContains(before, way_on, html=True)
    assertContains(after, way_on, html=True)


def test_a_metric_without_a_goal_is_refused_in_one_sentence(as_mia: Client, squad: Squad, dashboard: Dashboard) -> None:
    metric = builders.make_metric(squad)

    status, page = add(as_mia, dashboard, metric.pk)

    assert status == 422
    assert "has no goal yet. Give it one, then it can stand on a dashboard." in page
    assert not Tile.objects.exists()


@pytest.mark.parametrize("metric", ["", "abc", "987654321"])
def test_what_is_no_metric_of_the_squad_is_refused(as_mia: Client, dashboard: Dashboard, metric: str) -> None:
    assert add(as_mia, dashboard, metric)[0] == 422


def test_the_metric_of_another_squad_is_refused(as_mia: Client, dashboard: Dashboard) -> None:
    foreign = builders.make_metric(builders.make_squad())
    builders.make_goal(foreign)

    assert add(as_mia, dashboard, foreign.pk)[0] == 422


def test_tiles_are_arranged_and_taken_off(as_mia: Client, squad: Squad, dashboard: Dashboard) -> None:
    metrics = [builders.make_metric(squad, question=f"Question {n}?") for n in range(3)]
    for metric in metrics:
        builders.make_goal(metric)
        add(as_mia, dashboard, metric.pk)
    first, second, third = dashboard.tiles.all()

    moved = as_mia.post(reverse("metrics:move-tile", args=[dashboard.pk, third.pk]), {"to": "0"})
    as_mia.post(reverse("metrics:remove-tile", args=[dashboard.pk, first.pk]))

    assert moved["Location"].endswith(f"#tile-{third.pk}")  # where keys go on from
    assert list(dashboard.tiles.all()) == [third, second]


@pytest.mark.parametrize(("name", "form"), [("remove-tile", {}), ("move-tile", {"to": "0"})])
def test_what_another_tab_took_off_is_off(
    as_mia: Client, squad: Squad, dashboard: Dashboard, name: str, form: dict[str, str]
) -> None:
    add(as_mia, dashboard, builders.make_goal(builders.make_metric(squad)).metric.pk)
    gone = dashboard.tiles.get()
    as_mia.post(reverse("metrics:remove-tile", args=[dashboard.pk, gone.pk]))

    response = as_mia.post(reverse(f"metrics:{name}", args=[dashboard.pk, gone.pk]), form, follow=True)

    assert response.status_code == 200
    assert "Nothing yet. Add a number from below." in response.content.decode()


@pytest.mark.parametrize("to", ["", "-1", "second", pytest.param("9" * 5000, id="long")])
def test_a_place_that_is_none_leaves_a_tile_where_it_is(
    as_mia: Client, squad: Squad, dashboard: Dashboard, to: str
) -> None:
    for number in range(2):
        add(
            as_mia, dashboard, builders.make_goal(builders.make_metric(squad, question=f"Question {number}?")).metric.pk
        )
    first, second = dashboard.tiles.all()

    response = as_mia.post(reverse("metrics:move-tile", args=[dashboard.pk, first.pk]), {"to": to})

    assert response.status_code == 302
    assert list(dashboard.tiles.all()) == [first, second]


def test_a_viewer_is_offered_nothing_to_change(as_vic: Client, squad: Squad, dashboard: Dashboard) -> None:
    page = as_vic.get(dashboard.get_absolute_url()).content.decode()

    assert "Add or arrange" not in page
    assert reverse("metrics:add-tile", args=[dashboard.pk]) not in page
