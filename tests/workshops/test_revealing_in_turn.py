"""Reveal in turn: one person's cards, or where nobody may know whose they are, one card at a time."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import Event, Squad, User
from tests.workshops import anonymous
from tests.workshops.boards import make_card, make_workshop, page_of, post, send
from workshops.models import Card, Stage, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User, mia: User) -> Workshop:
    """Ada has thrown one card, Mia two."""
    workshop = make_workshop(squad, ada, stage=Stage.THROW)
    for by, text in ((ada, "Of Ada"), (mia, "Of Mia"), (mia, "Too")):
        make_card(workshop, by, text, is_revealed=False)
    return workshop


@pytest.fixture
def nameless(squad: Squad, ada: User) -> Workshop:
    workshop = anonymous.start(squad, ada)
    Workshop.objects.filter(pk=workshop.pk).update(stage=Stage.THROW)
    return workshop


def throw(workshop: Workshop, writers: int) -> None:
    for person in anonymous.people(workshop, writers):
        Card.objects.create(workshop=workshop, participant=person, text=f"Of {person.pk}")


def face_up() -> list[str]:
    return list(Card.objects.filter(is_revealed=True).order_by("pk").values_list("text", flat=True))


def test_one_persons_cards_are_revealed_then_the_next_ones(as_ada: Client, workshop: Workshop) -> None:
    page = post(as_ada, workshop, "reveal-next-cards")

    assert face_up() == ["Of Ada"]
    assert "2 cards lie face down." in page
    send(as_ada, workshop, "reveal-next-cards")
    assert face_up() == ["Of Ada", "Of Mia", "Too"]


def test_revealing_sent_twice_reveals_one_person(as_ada: Client, workshop: Workshop) -> None:
    key = uuid4()

    for _ in range(2):
        send(as_ada, workshop, "reveal-next-cards", operation=key)

    assert face_up() == ["Of Ada"]
    assert Event.objects.filter(kind="turn-revealed").count() == 1


def test_where_nothing_lies_face_down_it_is_said(as_ada: Client, workshop: Workshop) -> None:
    Card.objects.update(is_revealed=True)

    assert "Nothing lies face down any more." in post(as_ada, workshop, "reveal-next-cards")


def test_only_who_facilitates_reveals(as_mia: Client, workshop: Workshop) -> None:
    assert "Only a facilitator can do that." in post(as_mia, workshop, "reveal-next-cards")
    assert face_up() == []


def test_both_ways_are_offered_until_one_card_is_left(as_ada: Client, workshop: Workshop) -> None:
    assert "Reveal one person’s cards" in page_of(as_ada, workshop)

    send(as_ada, workshop, "reveal-next-cards")
    Card.objects.filter(text="Too").delete()

    page = page_of(as_ada, workshop)
    assert "Reveal one person’s cards" not in page
    assert "Reveal all cards" in page


def test_where_nobody_may_know_one_card_is_revealed_without_an_author(as_ada: Client, nameless: Workshop) -> None:
    throw(nameless, 4)
    assert "Reveal one card" in page_of(as_ada, nameless)

    send(as_ada, nameless, "reveal-next-cards")

    assert len(face_up()) == 1
    assert not Card.objects.filter(participant__isnull=False).exists()
    assert Event.objects.get(kind="turn-revealed").payload.keys() == {"rows"}


def test_few_writers_are_warned_of_before_the_first_card(as_ada: Client, nameless: Workshop) -> None:
    throw(nameless, 2)

    assert "Only 2 people have written" in post(as_ada, nameless, "reveal-next-cards")
    assert face_up() == []
    send(as_ada, nameless, "reveal-next-cards", is_sure="on")
    assert len(face_up()) == 1
