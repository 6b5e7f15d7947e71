"""How many queries a page takes. A number here may go down; when it goes up somebody has a reason."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mdd.models import Squad, User
from metrics.actions import dashboards
from metrics.models import Dashboard, Metric
from tests import builders
from workshops.actions import workshops

ACCOUNT = 2  # the session and its user
PLACE = 1  # the squad or the thing, with the check that one may see it
ROLE = 1  # everybody in the squad: what one is oneself, and who sees the page
NAVIGATION = 1  # whether one coaches or leads a squad: the way to the loops side by side
TOPIC = 1  # what the page follows
TILES = 4  # metrics, goals, roll-ups, and the cards that the metrics grew from: one query for all tiles


@pytest.fixture
def dashboard(squad: Squad, ada: User) -> Dashboard:
    """Twelve numbers with goals."""
    made = dashboards.create(squad, question="Do callers get answers?", bucket="Usage", by=ada)
    for _ in range(12):
        metric = builders.make_metric(squad, owner=ada, expectation=builders.make_expectation(squad, ada))
        builders.make_goal(metric)
        dashboards.add_tile(made, metric, by=ada)
    return made


Count = Callable[[str], int]


@pytest.fixture
def count(as_ada: Client) -> Count:
    def counted(url: str) -> int:
        as_ada.get(url)  # what is loaded once a process
        with CaptureQueriesContext(connection) as queries:
            assert as_ada.get(url).status_code in {200, 204}
        return len(queries)

    return counted


def test_a_dashboard_of_twelve_takes_nine_queries(count: Count, dashboard: Dashboard) -> None:
    assert count(dashboard.get_absolute_url()) == ACCOUNT + PLACE + ROLE + NAVIGATION + TOPIC + TILES


def test_home_takes_as_many_for_thirteen_metrics_as_for_twelve(
    count: Count, squad: Squad, ada: User, dashboard: Dashboard
) -> None:
    workshops.start(squad, title="Spring", path="whole", by=ada)
    home_of_twelve = count(squad.get_absolute_url())

    builders.make_goal(builders.make_metric(squad))

    loop = 4  # its facts, workshops, their moves, prompts
    dashboards_tiles_waiting = 3
    drafts_actions_cards_of_a_year_ago = 3
    assert home_of_twelve == (
        ACCOUNT
        + PLACE
        + ROLE
        + NAVIGATION
        + TILES
        + loop
        + dashboards_tiles_waiting
        + drafts_actions_cards_of_a_year_ago
    )
    assert count(squad.get_absolute_url()) == home_of_twelve


def test_what_waits_on_a_dashboard_takes_two_more_however_much(
    count: Count, squad: Squad, ada: User, dashboard: Dashboard
) -> None:
    for _ in range(5):
        dashboards.invite(dashboard, builders.make_metric(squad), by=ada)

    waiting_and_drafts = 2
    assert (
        count(dashboard.get_absolute_url()) == ACCOUNT + PLACE + ROLE + NAVIGATION + TOPIC + TILES + waiting_and_drafts
    )


@pytest.mark.parametrize(("page", "most"), [("metrics:metrics", 9), ("metrics:dashboards", 6), ("metrics:runs", 7)])
def test_the_lists_of_a_squad_are_few_queries(
    count: Count, squad: Squad, dashboard: Dashboard, page: str, most: int
) -> None:
    assert count(reverse(page, args=[squad.slug])) <= most


def test_four_questions_take_as_many_for_ten_answers_as_for_one(count: Count, squad: Squad, ada: User) -> None:
    url = reverse("workshops:statements", args=[squad.slug])
    builders.make_expectation(squad, ada)
    for_one = count(url)

    for _ in range(9):
        builders.make_expectation(squad, ada, text=f"Answers {uuid4()}")

    assert count(url) == for_one


def test_a_metrics_page_takes_few_queries_however_long_its_past(count: Count, dashboard: Dashboard) -> None:
    metric = Metric.objects.order_by("pk")[0]

    assert count(metric.get_absolute_url()) <= 18  # one of them for what was guessed of it
