"""The loops of the squads that one coaches or leads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mdd.models import Membership, Role, Squad, User
from tests import builders
from tests.loops.builders import move
from workshops.actions import workshops

ClientOf = Callable[[User], Client]
LOOPS = "/loops/"


@pytest.fixture
def as_cory(cory: User, client_of: ClientOf) -> Client:
    return client_of(cory)


def coached(cory: User, name: str, role: Role = Role.COACH) -> Squad:
    squad = builders.make_squad(name=name)
    Membership.objects.create(user=cory, squad=squad, role=role)
    return squad


def names(client: Client) -> list[str]:
    return [row.squad.name for row in client.get(LOOPS).context["rows"]]


def test_squads_stand_in_the_order_of_their_names_whatever_their_progress(as_cory: Client, cory: User) -> None:
    for name in ("zebra", "Ants", "bees"):
        coached(cory, name)
    ahead = Squad.objects.get(name="zebra")
    move(workshops.start(ahead, title="Spring", path="whole", by=cory), cory, "wrap-up")

    assert names(as_cory) == ["Ants", "bees", "Squad", "zebra"]


def test_leads_see_theirs_too_and_members_do_not(as_cory: Client, cory: User) -> None:
    coached(cory, "Led", Role.LEAD)
    for role in (Role.MEMBER, Role.ADMIN, Role.VIEWER):
        coached(cory, f"Only {role}", role)
    builders.make_squad(name="Foreign")

    assert names(as_cory) == ["Led", "Squad"]


def test_a_squad_shows_its_stage_its_workshop_its_prompts_and_its_last_number(
    as_cory: Client, squad: Squad, ada: User
) -> None:
    move(workshops.start(squad, title="Spring", path="whole", by=ada), ada, "throw")
    builders.make_prompt(squad, due=timezone.localdate() - timedelta(days=9))
    builders.make_prompt(squad)

    page = as_cory.get(LOOPS).content.decode()

    assert "Board, since today" in page
    assert "“Spring” at Throw" in page
    assert "1 overdue" in page
    assert "none in five weeks" in page
    assert f'href="{squad.get_absolute_url()}"' in page


def test_a_squad_has_no_score(as_cory: Client, squad: Squad) -> None:
    page = as_cory.get(LOOPS).content.decode()

    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_somebody_without_such_a_squad_is_told_what_to_do(as_ada: Client) -> None:
    page = as_ada.get(LOOPS).content.decode()

    assert "You coach and lead no squad yet" in page
    assert "See your squads" in page


def test_the_way_there_is_shown_to_those_who_have_such_squads(as_cory: Client, as_ada: Client, squad: Squad) -> None:
    way = f'href="{reverse("workshops:loops")}"'

    assert way in as_cory.get(squad.get_absolute_url()).content.decode()
    assert way not in as_ada.get(squad.get_absolute_url()).content.decode()


def test_many_squads_take_as_many_queries_as_one(as_cory: Client, cory: User, squad: Squad) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            as_cory.get(LOOPS)
        return len(asked)

    workshops.start(squad, title="Spring", path="whole", by=cory)
    of_one = queries()
    for name in ("Ants", "Bees", "Cats"):
        workshops.start(coached(cory, name), title="Spring", path="whole", by=cory)

    assert queries() == of_one == 7
