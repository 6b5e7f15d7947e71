"""My week, memories, and who sees the page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd import audience
from mdd.models import Membership, Role, Squad, User
from metrics.actions import values
from metrics.models import Action, Metric
from tests import builders
from workshops.models import Adoption, Card

DAY = timedelta(days=1)


def home(client: Client, squad: Squad) -> str:
    return client.get(squad.get_absolute_url()).content.decode()


def yesterday(metric: Metric) -> date:
    return timezone.localdate(timezone=metric.zone) - DAY


def test_a_number_by_hand_that_wants_a_value_comes_first(as_ada: Client, squad: Squad, ada: User) -> None:
    told = builders.make_metric(squad, owner=ada, question="Told?")
    builders.make_metric(squad, owner=ada, question="Untold?")
    values.write_down(told, day=yesterday(told), value=3, reason="", by=ada)

    week = as_ada.get(squad.get_absolute_url()).context["home"].week

    assert [(each.standing.metric.question, each.wants) for each in week.numbers] == [
        ("Untold?", "yesterday’s value"),
        ("Told?", ""),
    ]


def test_numbers_and_actions_of_others_are_not_mine(as_ada: Client, squad: Squad, mia: User, ada: User) -> None:
    builders.make_metric(squad, owner=mia)
    Action.objects.create(squad=squad, text="Call them", owner=mia, due=timezone.localdate(), by=ada)

    assert "Nothing of yours waits" in home(as_ada, squad)


def test_my_actions_stand_in_the_order_of_their_days_until_they_are_done(
    as_ada: Client, squad: Squad, ada: User
) -> None:
    today = timezone.localdate(timezone=squad.tz)
    for text, due, done_at in (
        ("Later", today + DAY, None),
        ("Late", today - DAY, None),
        ("Done", today, timezone.now()),
    ):
        Action.objects.create(squad=squad, text=text, owner=ada, due=due, by=ada, done_at=done_at)

    week = as_ada.get(squad.get_absolute_url()).context["home"].week

    assert [(each.text, each.is_late) for each in week.actions] == [("Late", True), ("Later", False)]


def test_my_actions_in_another_squad_stay_there(as_ada: Client, squad: Squad, ada: User) -> None:
    other = builders.make_squad()
    Action.objects.create(squad=other, text="Elsewhere", owner=ada, due=timezone.localdate(), by=ada)

    assert "Elsewhere" not in home(as_ada, squad)


def met(squad: Squad, owner: User, **goal: object) -> Metric:
    metric = builders.make_metric(squad, owner=owner)
    builders.make_goal(metric, **goal)
    values.write_down(metric, day=yesterday(metric), value=4, reason="", by=owner)
    return metric


def test_a_goal_that_is_met_is_told_with_the_card_it_began_as(
    as_ada: Client, squad: Squad, ada: User, mia: User
) -> None:
    card = builders.make_card(squad, mia)
    Adoption.objects.create(card=card, metric=met(squad, ada), by=ada)

    assert "It began as a card by Mia in “Spring”." in home(as_ada, squad)


def test_a_goal_without_a_card_is_told_without_a_story(as_ada: Client, squad: Squad, ada: User) -> None:
    met(squad, ada)

    page = home(as_ada, squad)

    assert "Met:" in page
    assert "It began as" not in page


@pytest.mark.parametrize("goal", [{"target": 1.0}, {"form": "stay-below", "target": 9.0}])
def test_nothing_is_told_of_a_goal_that_is_not_reached_or_only_kept(
    as_ada: Client, squad: Squad, ada: User, goal: dict[str, object]
) -> None:
    met(squad, ada, **goal)

    assert "Met:" not in home(as_ada, squad)


@pytest.mark.parametrize(("days", "is_told"), [(365, True), (359, True), (371, True), (357, False), (373, False)])
def test_a_card_is_remembered_within_a_week_of_a_year(
    as_ada: Client, squad: Squad, ada: User, days: int, *, is_told: bool
) -> None:
    builders.make_card(squad, ada)
    Card.objects.update(at=timezone.now() - days * DAY)

    assert ("A year ago you threw this card" in home(as_ada, squad)) is is_told


def test_nobody_is_told_of_anothers_card(as_ada: Client, squad: Squad, mia: User) -> None:
    builders.make_card(squad, mia)
    Card.objects.update(at=timezone.now() - 365 * DAY)

    assert "A year ago" not in home(as_ada, squad)


SQUAD_PAGES = ("squad", "statements", "workshops")


@pytest.mark.parametrize("page", SQUAD_PAGES)
def test_a_page_names_those_who_look_in(as_ada: Client, squad: Squad, cory: User, lea: User, page: str) -> None:
    shown = as_ada.get(reverse(f"workshops:{page}", args=[squad.slug])).content.decode()

    assert "Seen by the 3 people of this squad, coach Cory and lead Lea among them." in shown


def test_a_page_of_no_squad_claims_nothing(as_ada: Client) -> None:
    assert "Seen by" not in as_ada.get("/squads/").content.decode()


def test_many_who_look_in_are_counted(squad: Squad) -> None:
    for name in ("Ann", "Bea", "Cid", "Dot", "Eli"):
        builders.make_member(squad, Role.VIEWER, name=name)
    people = Membership.objects.filter(squad=squad).select_related("user").order_by("user__name")

    said = audience.sentence(list(people))

    assert "viewer Ann, viewer Bea, viewer Cid and 2 more who look in among them" in said


def test_where_nobody_looks_in_the_page_says_so(squad: Squad, ada: User, mia: User) -> None:
    people = list(Membership.objects.filter(squad=squad).select_related("user"))

    assert audience.sentence(people) == "Seen by the 2 people of this squad and by nobody else."


@pytest.mark.parametrize("who", ["ada", "mia", "cory", "vic"])
def test_everybody_of_the_squad_sees_the_loop(
    request: pytest.FixtureRequest, client_of: Callable[[User], Client], squad: Squad, who: str
) -> None:
    page = home(client_of(request.getfixturevalue(who)), squad)

    assert 'aria-label="Deliver, you are here"' in page
    assert f'href="{reverse("workshops:statements", args=[squad.slug])}#deliver"' in page
