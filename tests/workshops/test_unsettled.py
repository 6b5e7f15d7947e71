"""Cards that nobody has kept or parked when everybody goes on from Prune."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from tests.workshops import builders_focus as builders
from tests.workshops.posting import send, told_after
from workshops.models import Workshop

SAID = "2 cards are not settled yet"


@pytest.fixture
def pruning(squad: Squad, ada: User) -> Workshop:
    """At Prune, with one card that is kept and two that are not settled."""
    workshop = builders.make_workshop(squad, ada, stage="prune")
    builders.make_card(workshop, bucket=None)
    for _ in range(2):
        builders.make_card(workshop, bucket=None, state="thrown")
    builders.make_card(workshop, bucket=None, state="thrown", is_revealed=False)
    return workshop


def page_of(client: Client, workshop: Workshop) -> str:
    return client.get(workshop.get_absolute_url()).content.decode()


def stage_of(workshop: Workshop) -> str:
    workshop.refresh_from_db()
    return workshop.stage


def test_who_leads_is_told_before_everybody_goes_on(as_ada: Client, as_mia: Client, pruning: Workshop) -> None:
    page = page_of(as_ada, pruning)

    assert SAID in page
    assert "Go on to Focus anyway" in page
    assert SAID not in page_of(as_mia, pruning)


def test_going_on_says_first_what_would_be_left(as_ada: Client, pruning: Workshop) -> None:
    told = told_after(as_ada, "move", pruning, seen="prune", to="focus", unsettled=1)

    assert told == [f"{SAID}. Keep or park what is left, or go on anyway."]
    assert stage_of(pruning) == "prune"


def test_who_was_told_goes_on(as_ada: Client, pruning: Workshop) -> None:
    send(as_ada, "move", pruning, seen="prune", to="wrap-up", unsettled=2, anyway="on")

    assert stage_of(pruning) == "wrap-up"


def test_going_back_asks_nothing(as_ada: Client, pruning: Workshop) -> None:
    send(as_ada, "move", pruning, seen="prune", to="group")

    assert stage_of(pruning) == "group"


@pytest.mark.parametrize("stage", ["focus", "wrap-up"])
def test_what_was_left_is_told_later_with_the_way_to_it(as_mia: Client, pruning: Workshop, stage: str) -> None:
    Workshop.objects.update(stage=stage)

    page = page_of(as_mia, pruning)

    assert reverse("workshops:board", args=[pruning.pk]) in page.partition(SAID)[2].partition("</p>")[0]


def test_alone_nothing_is_left(as_ada: Client, squad: Squad, ada: User) -> None:
    alone = builders.make_workshop(squad, ada, stage="wrap-up", path="alone")
    builders.make_card(alone, state="thrown")

    assert "not settled yet" not in page_of(as_ada, alone)
