"""Suggested groups: asked for, looked at beside the board, accepted in one step or dismissed."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from mdd.models import Event, Squad, User
from tests.workshops.boards import bucket_of, held, make_card, make_workshop, page_of, post, send
from tests.workshops.test_grouping import place
from workshops.models import Bucket, Card, Suggestion, Workshop

TEXTS = [
    "How long do releases take?",
    "Late releases",
    "Release lead time",
    "Hours to first answer of a ticket",
    "Tickets without an answer",
    "Colour of the office walls",
]


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada)


@pytest.fixture
def cards(workshop: Workshop, ada: User) -> dict[str, Card]:
    return {text: make_card(workshop, ada, text) for text in random.sample(TEXTS, len(TEXTS))}


@pytest.fixture
def asked(as_mia: Client, workshop: Workshop, cards: dict[str, Card]) -> dict[str, Card]:
    """Mia has asked for suggestions."""
    send(as_mia, workshop, "suggest-groups")
    return cards


def suggestion(title: str) -> Suggestion:
    return Suggestion.objects.get(title=title)


def where(cards: dict[str, Card]) -> dict[str, str]:
    return {text: place(card)[0] for text, card in cards.items() if place(card)[0]}


RELEASES = dict.fromkeys(TEXTS[:3], "Releases")
TICKETS = dict.fromkeys(TEXTS[3:5], "Answer, tickets")


def test_groups_are_suggested_to_who_asks_and_nothing_moves(
    as_mia: Client, as_ada: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    page = page_of(as_mia, workshop)

    assert "Suggested groups" in page
    assert [*Suggestion.objects.order_by("title").values_list("title", flat=True)] == ["Answer, tickets", "Releases"]
    assert where(asked) == {}
    assert "Suggested groups" not in page_of(as_ada, workshop)


def test_nothing_is_suggested_unasked(as_mia: Client, workshop: Workshop, cards: dict[str, Card]) -> None:
    page = page_of(as_mia, workshop)

    assert "Suggest groups" in page
    assert "Suggested groups" not in page


def test_one_group_is_accepted(as_mia: Client, workshop: Workshop, asked: dict[str, Card]) -> None:
    page = post(as_mia, workshop, "accept-suggestion", group=suggestion("Releases").pk)

    assert where(asked) == RELEASES
    assert bucket_of(workshop, "Releases").origin == Bucket.Origin.SUGGESTED
    assert "Moved 3 cards to Releases." in page
    assert "Answer, tickets" in page


def test_all_are_accepted_and_undone_in_one_step(as_mia: Client, workshop: Workshop, asked: dict[str, Card]) -> None:
    page = post(as_mia, workshop, "accept-suggestion")

    assert where(asked) == RELEASES | TICKETS
    assert "Put 5 cards in 2 buckets." in page
    event = Event.objects.get(kind="suggestion-accepted")

    send(as_mia, workshop, "undo", of=event.operation)

    assert where(asked) == {}
    assert not Bucket.objects.filter(title__in=["Releases", "Answer, tickets"]).exists()


def test_a_bucket_that_a_person_named_since_stays_when_the_step_is_undone(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    send(as_mia, workshop, "accept-suggestion")
    send(as_mia, workshop, "rename-bucket", bucket_of(workshop, "Releases").pk, title="How late are we?")

    send(as_mia, workshop, "undo", of=Event.objects.get(kind="suggestion-accepted").operation)

    assert where(asked) == {}
    assert Bucket.objects.filter(title="How late are we?", origin=Bucket.Origin.HUMAN).exists()


def test_a_step_that_somebody_changed_since_is_not_undone(
    as_mia: Client, as_ada: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    send(as_mia, workshop, "accept-suggestion")
    card = asked["Late releases"]
    card.refresh_from_db()
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop).pk, card=held(card))

    page = post(as_mia, workshop, "undo", of=Event.objects.get(kind="suggestion-accepted").operation)

    assert "Somebody has changed it since" in page
    assert where(asked) == RELEASES | TICKETS | {"Late releases": "Usage"}


def test_loose_cards_join_the_bucket_where_people_put_others_like_them(
    as_mia: Client, workshop: Workshop, cards: dict[str, Card]
) -> None:
    send(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=held(cards["Late releases"]))
    page = post(as_mia, workshop, "suggest-groups")
    assert "joins this bucket" in page

    send(as_mia, workshop, "accept-suggestion")

    assert where(cards) == dict.fromkeys(RELEASES, "Usage") | TICKETS
    assert bucket_of(workshop).origin == Bucket.Origin.OFFERED


def test_what_a_person_placed_is_never_in_a_suggestion(
    as_mia: Client, workshop: Workshop, cards: dict[str, Card]
) -> None:
    for text, title in zip(TEXTS[:3], ["Usage", "System Health", "Business Performance"], strict=True):
        send(as_mia, workshop, "move-cards", to=bucket_of(workshop, title).pk, card=held(cards[text]))
    before = where(cards)
    send(as_mia, workshop, "suggest-groups")

    send(as_mia, workshop, "accept-suggestion")

    assert where(cards) == before | TICKETS


def test_a_card_that_was_dragged_away_is_left_alone_and_said(
    as_mia: Client, as_ada: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop).pk, card=held(asked["Late releases"]))
    assert "1 more changed meanwhile" in page_of(as_mia, workshop)

    page = post(as_mia, workshop, "accept-suggestion", group=suggestion("Releases").pk)

    assert where(asked) == RELEASES | {"Late releases": "Usage"}
    assert "Somebody put “Late releases” in Usage meanwhile, so it stays there." in page


def test_a_card_that_was_worded_anew_is_left_alone_and_said(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    Card.objects.filter(pk=asked["Late releases"].pk).update(text="Early invoices")

    page = post(as_mia, workshop, "accept-suggestion")

    assert "Late releases" not in where(asked)
    assert "“Early invoices” was worded anew meanwhile, so it stays loose." in page


def test_a_card_that_was_parked_is_left_alone_and_said(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    Card.objects.filter(pk=asked["Late releases"].pk).update(state="parked", reason="later")

    assert "Somebody parked “Late releases” meanwhile" in post(as_mia, workshop, "accept-suggestion")


def test_where_every_card_changed_no_bucket_is_opened(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    Card.objects.update(text="Something else")

    page = post(as_mia, workshop, "accept-suggestion", group=suggestion("Releases").pk)

    assert "3 cards changed meanwhile, so they stay where they are now." in page
    assert not Bucket.objects.filter(origin=Bucket.Origin.SUGGESTED).exists()


def test_accepting_twice_is_accepting_once(as_mia: Client, workshop: Workshop, asked: dict[str, Card]) -> None:
    group = suggestion("Releases").pk
    send(as_mia, workshop, "accept-suggestion", group=group)

    page = post(as_mia, workshop, "accept-suggestion", group=group)

    assert "That suggestion is gone." in page
    assert Bucket.objects.filter(title="Releases").count() == 1


def test_nobody_accepts_what_was_suggested_to_another(
    as_ada: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    page = post(as_ada, workshop, "accept-suggestion", group=suggestion("Releases").pk)

    assert "That suggestion is gone." in page
    assert where(asked) == {}


def test_suggestions_are_dismissed_one_by_one_or_all(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    page = post(as_mia, workshop, "dismiss-suggestion", group=suggestion("Releases").pk)
    assert [each.title for each in Suggestion.objects.all()] == ["Answer, tickets"]
    assert "Suggested groups" in page

    page = post(as_mia, workshop, "dismiss-suggestion")

    assert "Suggested groups" not in page
    assert where(asked) == {}


def test_asking_again_puts_new_suggestions_in_their_place(
    as_mia: Client, workshop: Workshop, asked: dict[str, Card]
) -> None:
    send(as_mia, workshop, "suggest-groups")

    assert Suggestion.objects.count() == 2


def test_a_board_where_nothing_is_alike_says_so(as_mia: Client, workshop: Workshop, ada: User) -> None:
    make_card(workshop, ada, "Colour of the office walls")

    assert "No loose cards are alike enough" in post(as_mia, workshop, "suggest-groups")


def test_what_lies_face_down_is_never_suggested(as_mia: Client, workshop: Workshop, ada: User) -> None:
    for text in TEXTS:
        make_card(workshop, ada, text, is_revealed=False)

    assert "No loose cards are alike enough" in post(as_mia, workshop, "suggest-groups")


def test_other_languages_are_named(as_mia: Client, workshop: Workshop, ada: User, cards: dict[str, Card]) -> None:
    make_card(workshop, ada, "Wie viele Tickets sind offen?")

    assert "1 card here is in another language" in " ".join(post(as_mia, workshop, "suggest-groups").split())


def test_hostile_words_stay_words(as_mia: Client, workshop: Workshop, ada: User) -> None:
    for _ in range(2):
        make_card(workshop, ada, "<script>alert(1)</script>")

    page = post(as_mia, workshop, "suggest-groups")

    assert "<script>alert" not in page
    assert Suggestion.objects.get().title == "Script alert"
