"""Group: cards move between the tangle and the buckets, and moves are taken back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests.workshops.boards import HTMX, bucket_of, held, make_card, make_workshop, page_of, post, send, told_after
from workshops.models import Bucket, Card, Vote, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada)


@pytest.fixture
def card(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada, "Who waits?")


def put(client: Client, workshop: Workshop, title: str, *cards: Card) -> None:
    send(client, workshop, "move-cards", to=bucket_of(workshop, title).pk, card=[held(card) for card in cards])


def place(card: Card) -> tuple[str, str]:
    """The title of the bucket a card lies in, and its state."""
    card.refresh_from_db()
    return (card.bucket.title if card.bucket else "", card.state)


def undo(client: Client, workshop: Workshop) -> str:
    """Press Undo for the last move that the log knows."""
    last = Event.objects.filter(payload__has_key="to").latest("serial")
    return post(client, workshop, "undo", of=last.operation)


def test_cards_are_put_in_a_bucket_without_any_script(
    as_mia: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    other = make_card(workshop, ada, "Who calls?")

    put(as_mia, workshop, "Usage", card, other)
    page = page_of(as_mia, workshop)

    assert place(card) == place(other) == ("Usage", "grouped")
    assert "Moved 2 cards to Usage." in page


def test_moved_by_htmx_the_answer_holds_the_room(as_mia: Client, workshop: Workshop, card: Card) -> None:
    url = reverse("workshops:move-cards", args=[workshop.pk])
    sent = {"to": bucket_of(workshop).pk, "card": held(card), "operation": uuid4()}

    page = as_mia.post(url, sent, headers=HTMX, follow=True).content.decode()

    assert 'id="room"' in page
    assert "Moved 1 card to Usage." in page


def test_cards_are_taken_out(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)
    card.refresh_from_db()

    page = post(as_mia, workshop, "move-cards", to="", card=held(card))

    assert place(card) == ("", "thrown")
    assert "Took 1 card out." in page


def test_a_move_sent_twice_happens_once(as_mia: Client, workshop: Workshop, card: Card) -> None:
    seen, key = held(card), uuid4()

    for _ in range(2):
        page = post(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=seen, operation=key)

    assert place(card) == ("Usage", "grouped")
    assert Event.objects.filter(kind="cards-moved").count() == 1
    assert "meanwhile" not in page


def test_nothing_in_hand_is_said_kindly(as_mia: Client, workshop: Workshop) -> None:
    assert "Choose a card first" in post(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk)


def test_what_somebody_else_moved_first_stays_and_is_said(
    as_mia: Client, as_ada: Client, workshop: Workshop, card: Card
) -> None:
    seen_by_both = held(card)
    put(as_ada, workshop, "System Health", card)

    page = post(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=seen_by_both)

    assert place(card) == ("System Health", "grouped")
    assert "Ada put “Who waits?” in System Health meanwhile" in page


def test_the_rest_of_the_hand_moves_all_the_same(
    as_mia: Client, as_ada: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    other, seen = make_card(workshop, ada, "Who calls?"), held(card)
    put(as_ada, workshop, "System Health", card)

    assert told_after(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=[seen, held(other)])

    assert (place(card)[0], place(other)[0]) == ("System Health", "Usage")


@pytest.mark.sampled
@pytest.mark.parametrize("card", ["", "abc", "1", "1:x", "9" * 40 + ":", "987654321:"])
@pytest.mark.parametrize("to", ["", "abc", "-1", "987654321", "9" * 30])
def test_nonsense_moves_nothing(as_mia: Client, workshop: Workshop, ada: User, card: str, to: str) -> None:
    lying = make_card(workshop, ada)

    assert told_after(as_mia, workshop, "move-cards", to=to, card=card)

    assert place(lying) == ("", "thrown")


def test_the_bucket_of_another_workshop_takes_nothing(
    as_mia: Client, workshop: Workshop, squad: Squad, ada: User, card: Card
) -> None:
    other = make_workshop(squad, ada)

    page = post(as_mia, workshop, "move-cards", to=bucket_of(other).pk, card=held(card))

    assert "That bucket is gone" in page
    assert place(card) == ("", "thrown")


def test_what_lies_face_down_does_not_move(as_mia: Client, workshop: Workshop, ada: User) -> None:
    hidden = make_card(workshop, ada, is_revealed=False)

    assert told_after(as_mia, workshop, "move-cards", to=bucket_of(workshop).pk, card=held(hidden))

    assert place(hidden) == ("", "thrown")


def test_a_kept_card_moves_and_stays_kept(as_mia: Client, workshop: Workshop, ada: User) -> None:
    kept = make_card(workshop, ada, state="survived")

    put(as_mia, workshop, "Usage", kept)

    assert place(kept) == ("Usage", "survived")


def test_a_new_bucket_opens_with_the_cards_in_hand(as_mia: Client, workshop: Workshop, card: Card) -> None:
    send(as_mia, workshop, "open-bucket", title="  Late   releases ", card=held(card))

    assert place(card) == ("Late releases", "grouped")
    assert [bucket.title for bucket in Bucket.objects.filter(workshop=workshop)][-1] == "Late releases"


def test_a_new_bucket_may_be_empty(as_mia: Client, workshop: Workshop) -> None:
    assert "Late releases" in post(as_mia, workshop, "open-bucket", title="Late releases")


@pytest.mark.parametrize("title", ["", "   ", "x" * 61, "\u202e"])
def test_a_bucket_without_a_title_is_asked_again(as_mia: Client, workshop: Workshop, title: str) -> None:
    url = reverse("workshops:open-bucket", args=[workshop.pk])

    response = as_mia.post(url, {"title": title, "operation": uuid4()})

    assert response.status_code == 422
    assert title in response.content.decode()
    assert Bucket.objects.count() == 3


def test_a_renamed_bucket_has_a_title_of_the_squads_own(as_mia: Client, workshop: Workshop) -> None:
    bucket = bucket_of(workshop)

    send(as_mia, workshop, "rename-bucket", bucket.pk, title="Who uses it?")

    bucket.refresh_from_db()
    assert (bucket.title, bucket.origin) == ("Who uses it?", "human")


def test_a_title_that_is_too_long_is_asked_again(as_mia: Client, workshop: Workshop) -> None:
    url = reverse("workshops:rename-bucket", args=[workshop.pk, bucket_of(workshop).pk])

    response = as_mia.post(url, {"title": "x" * 61, "operation": uuid4()})

    assert response.status_code == 422
    assert "x" * 61 in response.content.decode()


def test_a_bucket_is_poured_into_another(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)

    send(as_mia, workshop, "merge-bucket", bucket_of(workshop).pk, into=bucket_of(workshop, "System Health").pk)

    assert place(card) == ("System Health", "grouped")


def test_an_empty_bucket_is_removed_once(as_mia: Client, workshop: Workshop) -> None:
    bucket, key = bucket_of(workshop), uuid4()

    for _ in range(2):
        send(as_mia, workshop, "remove-bucket", bucket.pk, operation=key)

    assert Bucket.objects.count() == 2


def test_a_bucket_that_holds_something_is_not_removed(as_mia: Client, workshop: Workshop, ada: User) -> None:
    parked = make_card(workshop, ada, bucket=bucket_of(workshop), state="parked", reason="later")
    Vote.objects.create(bucket=bucket_of(workshop, "System Health"), participant=parked.participant, dots=1)

    for title in ("Usage", "System Health"):
        assert "It stays." in post(as_mia, workshop, "remove-bucket", bucket_of(workshop, title).pk)
    assert Bucket.objects.count() == 3


def test_ones_last_move_is_undone(as_mia: Client, workshop: Workshop, ada: User, card: Card) -> None:
    other = make_card(workshop, ada, "Who calls?", bucket=bucket_of(workshop, "System Health"))
    put(as_mia, workshop, "Usage", card, other)

    page = undo(as_mia, workshop)

    assert (place(card), place(other)) == (("", "thrown"), ("System Health", "grouped"))
    assert "Undone: Moved 2 cards to Usage." in page
    assert "Nothing to undo" in page


def test_a_merge_is_undone(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)
    send(as_mia, workshop, "merge-bucket", bucket_of(workshop).pk, into=bucket_of(workshop, "System Health").pk)

    undo(as_mia, workshop)

    assert place(card) == ("Usage", "grouped")


def test_undo_is_refused_when_somebody_else_moved_it_since(
    as_mia: Client, as_ada: Client, workshop: Workshop, card: Card
) -> None:
    put(as_mia, workshop, "Usage", card)
    mine = Event.objects.latest("serial").operation
    for title in ("System Health", "Usage"):
        card.refresh_from_db()
        put(as_ada, workshop, title, card)

    page = post(as_mia, workshop, "undo", of=mine)

    assert "Somebody has changed it since" in page
    assert place(card) == ("Usage", "grouped")


def test_undo_is_refused_when_the_card_was_parked_since(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)
    Card.objects.update(state="parked", reason="later")

    assert "Somebody has changed it since" in undo(as_mia, workshop)


def test_undo_is_refused_when_the_bucket_of_before_is_gone(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)
    card.refresh_from_db()
    put(as_mia, workshop, "System Health", card)
    send(as_mia, workshop, "remove-bucket", bucket_of(workshop).pk)

    assert "That bucket is gone" in undo(as_mia, workshop)
    assert place(card) == ("System Health", "grouped")


@pytest.mark.parametrize("of", ["", "abc", "8c0c5d1e-7a55-4d3e-9f0a-0d9a3d2f1b11"])
def test_what_never_happened_is_not_undone(as_mia: Client, workshop: Workshop, card: Card, of: str) -> None:
    put(as_mia, workshop, "Usage", card)

    assert told_after(as_mia, workshop, "undo", of=of)

    assert place(card) == ("Usage", "grouped")


def test_the_move_of_somebody_else_is_not_mine_to_undo(
    as_mia: Client, as_ada: Client, workshop: Workshop, card: Card
) -> None:
    put(as_ada, workshop, "Usage", card)

    assert "There is nothing to undo." in undo(as_mia, workshop)
    assert "Moved 1 card" not in page_of(as_mia, workshop)


def test_a_move_is_undone_once(as_mia: Client, workshop: Workshop, card: Card) -> None:
    put(as_mia, workshop, "Usage", card)
    undo(as_mia, workshop)

    assert "There is nothing to undo." in undo(as_mia, workshop)


def test_a_looker_sees_the_board_and_moves_nothing(as_vic: Client, workshop: Workshop, card: Card) -> None:
    url = reverse("workshops:move-cards", args=[workshop.pk])

    assert "Who waits?" in page_of(as_vic, workshop)
    assert "Put here" not in page_of(as_vic, workshop)
    assert as_vic.post(url, {"card": held(card), "operation": uuid4()}).status_code == 403
