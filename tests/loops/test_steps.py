"""The one next step on a squad's home."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import dashboards, samples
from metrics.models import Goal, Metric, Waiting
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests import builders
from tests.loops.builders import change_state, move
from workshops.actions import workshops
from workshops.models import Workshop

ClientOf = Callable[[User], Client]


def home(client: Client, squad: Squad) -> str:
    return client.get(squad.get_absolute_url()).content.decode()


def step(client: Client, squad: Squad) -> str:
    """The title of the next step."""
    return str(client.get(squad.get_absolute_url()).context["home"].loop.next.title)


def on_a_dashboard(squad: Squad, owner: User, **goal: Any) -> Metric:
    metric = builders.make_metric(squad, owner=owner)
    builders.make_goal(metric, **goal)
    dashboards.add_tile(builders.make_dashboard(squad), metric, by=owner)
    return metric


def test_a_squad_without_answers_is_offered_both_ways(as_ada: Client, squad: Squad, mia: User) -> None:
    page = home(as_ada, squad)

    assert "Ask what you are doing here" in page
    assert page.index("Start a workshop") < page.index("Alone, in 15 minutes")


def test_a_squad_of_one_is_offered_the_short_way_first(as_ada: Client, squad: Squad) -> None:
    page = home(as_ada, squad)

    assert page.index("Alone, in 15 minutes") < page.index("Start a workshop")
    assert "Seen by you alone" in page


def test_answers_that_were_begun_by_hand_are_gone_on_with(as_ada: Client, squad: Squad, ada: User) -> None:
    builders.make_expectation(squad, ada)

    assert step(as_ada, squad) == "Do you meet them?"


def test_an_open_workshop_is_gone_into(as_ada: Client, squad: Squad, ada: User) -> None:
    workshop = move(workshops.start(squad, title="Spring", path="whole", by=ada), ada, "throw")

    page = home(as_ada, squad)

    assert "“Spring” is under way" in page
    assert f'href="{workshop.get_absolute_url()}"' in page


def test_a_workshop_that_rests_is_gone_back_to(as_ada: Client, squad: Squad, ada: User) -> None:
    change_state(workshops.start(squad, title="Spring", path="whole", by=ada), ada, Workshop.State.PAUSED)

    page = home(as_ada, squad)

    assert "“Spring” rests" in page
    assert "Resume it when you like." in page


def test_one_that_has_rested_since_last_year_is_met_with_kind_words(as_ada: Client, squad: Squad, ada: User) -> None:
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
    change_state(workshop, ada, Workshop.State.PAUSED)
    Workshop.objects.update(stage_since=timezone.now() - timedelta(days=400))

    page = home(as_ada, squad)

    assert "Life went on, that is fine." in page
    assert "Start afresh" in page


def test_survivors_wait_to_become_metrics(as_ada: Client, squad: Squad, ada: User) -> None:
    card = builders.make_card(squad, ada)
    change_state(move(card.workshop, ada, "wrap-up"), ada, Workshop.State.CLOSED)

    assert step(as_ada, squad) == "One survivor waits to become a metric"


def test_a_metric_that_waits_for_its_goal_says_where_it_will_stand(as_ada: Client, squad: Squad) -> None:
    metric = builders.make_metric(squad)
    Waiting.objects.create(dashboard=builders.make_dashboard(squad), metric=metric)

    page = home(as_ada, squad)

    assert "Give “How long do callers wait?” a goal" in page
    assert "With a goal it stands on “Do callers get answers?” at once." in page
    assert "1 waits for its goal" in page


def test_a_query_is_mended_before_its_number_gets_a_goal(as_ada: Client, squad: Squad) -> None:
    trouble: dict[str, Any] = {"error": "Line 1: no such column.", "error_at": timezone.now()}
    query = builders.make_query(squad, error_code="BAD_QUERY", **trouble)
    builders.make_metric(squad, query=query)

    wanted = as_ada.get(squad.get_absolute_url()).context["home"].loop.next

    assert "Line 1: no such column." in wanted.text
    assert wanted.url == f"/queries/{query.pk}/"


def test_a_goal_that_waits_for_its_baseline_is_not_asked_for_again(as_ada: Client, squad: Squad) -> None:
    builders.make_goal(builders.make_metric(squad), state=Goal.State.DRAFT, baseline=None)

    assert "a goal" not in step(as_ada, squad)


@pytest.mark.parametrize(
    ("role", "title"), [("lea", "One thing wants a decision"), ("mia", "How long do callers wait?")]
)
def test_only_those_who_decide_are_asked_to(
    request: pytest.FixtureRequest, client_of: ClientOf, squad: Squad, ada: User, role: str, title: str
) -> None:
    on_a_dashboard(squad, ada)
    builders.make_prompt(squad)

    assert step(client_of(request.getfixturevalue(role)), squad) == title


def test_a_number_that_needs_somebody_says_what_it_is(as_ada: Client, squad: Squad, ada: User) -> None:
    metric = on_a_dashboard(squad, ada, due=timezone.localdate() - timedelta(days=1))
    day = timezone.now().astimezone(squad.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    for age in (1, 2):
        reading = Reading(metric.pk, day - timedelta(days=age), 9.0)
        samples.keep([reading], origin=Origin.HAND, taken_at=timezone.now())

    assert "9\N{NO-BREAK SPACE}min. Missed by 4: the goal was 5 by" in home(as_ada, squad)


def test_a_number_is_told_as_exactly_as_its_goal(as_ada: Client, squad: Squad, ada: User) -> None:
    metric = on_a_dashboard(squad, ada, form="stay-below", target=99.95)
    yesterday = timezone.now().astimezone(squad.tz).replace(hour=0, minute=0, second=0) - timedelta(days=1)
    samples.keep([Reading(metric.pk, yesterday, 99.97)], origin=Origin.HAND, taken_at=timezone.now())

    assert "99.97\N{NO-BREAK SPACE}min. 0.02 above 99.95" in home(as_ada, squad)


def test_without_a_lead_the_admin_decides(as_ada: Client, squad: Squad) -> None:
    builders.make_prompt(squad)
    builders.make_prompt(squad, due=timezone.localdate() - timedelta(days=9))

    page = home(as_ada, squad)

    assert "2 things want a decision" in page
    assert "Due since" in page


def test_who_only_looks_is_asked_for_nothing(as_vic: Client, squad: Squad) -> None:
    page = home(as_vic, squad)

    assert "You look in here" in page
    assert "button--main" not in page
