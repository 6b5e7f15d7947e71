"""Group: cards put with another card, and buckets that are split; and who has what in hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mdd import live
from mdd.models import Event, Squad, User
from tests.workshops.anonymous import start
from tests.workshops.boards import bucket_of, held, make_card, make_workshop, post, send, told_after
from workshops.models import Bucket, Card, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada)


@pytest.fixture
def late(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada, "Late crews")


@pytest.fixture
def mate(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada, "Late bags")


def anonymous(squad: Squad, by: User) -> Workshop:
    workshop = start(squad, by)
    Workshop.objects.filter(pk=workshop.pk).update(stage="group")
    return workshop


def put_with(client: Client, mate: Card, *cards: Card) -> None:
    send(client, mate.workshop, "move-cards", mate=mate.pk, card=[held(card) for card in cards])


def undo(client: Client, workshop: Workshop) -> None:
    last = Event.objects.filter(payload__has_key="to").latest("serial")
    send(client, workshop, "undo", of=last.operation)


def places(*cards: Card) -> list[str]:
    for card in cards:
        card.refresh_from_db()
    return [card.bucket.title if card.bucket else "" for card in cards]


def test_two_loose_cards_open_a_bucket_named_after_what_they_share(as_mia: Client, late: Card, mate: Card) -> None:
    put_with(as_mia, mate, late)

    assert places(late, mate) == ["Late", "Late"]
    assert Bucket.objects.get(title="Late").origin == "suggested"


def test_that_is_one_step_and_its_undo_takes_the_bucket_away(
    as_mia: Client, workshop: Workshop, late: Card, mate: Card
) -> None:
    put_with(as_mia, mate, late)

    undo(as_mia, workshop)

    assert places(late, mate) == ["", ""]
    assert not Bucket.objects.filter(title="Late").exists()


def test_cards_that_share_nothing_are_similar(as_mia: Client, workshop: Workshop, ada: User, late: Card) -> None:
    put_with(as_mia, make_card(workshop, ada, "Coffee"), late)

    assert places(late) == ["Similar cards"]


def test_put_with_a_card_in_a_bucket_is_put_in_that_bucket(
    as_mia: Client, workshop: Workshop, ada: User, late: Card
) -> None:
    inside = make_card(workshop, ada, "Calls", bucket=bucket_of(workshop))

    put_with(as_mia, inside, late)

    assert places(late) == ["Usage"]


def test_put_with_itself_a_card_stays(as_mia: Client, late: Card) -> None:
    assert "Choose a card first" in post(as_mia, late.workshop, "move-cards", mate=late.pk, card=held(late))
    assert places(late) == [""]


@pytest.mark.parametrize("fields", [{"state": "parked", "reason": "later"}, {"is_revealed": False}])
def test_nothing_is_put_with_a_card_that_is_not_there(
    as_mia: Client, workshop: Workshop, ada: User, late: Card, fields: dict[str, Any]
) -> None:
    gone = make_card(workshop, ada, "Gone", **fields)

    assert "That card is gone" in post(as_mia, gone.workshop, "move-cards", mate=gone.pk, card=held(late))
    assert places(late) == [""]


def test_nothing_is_put_with_a_card_of_another_workshop(as_mia: Client, squad: Squad, ada: User, late: Card) -> None:
    elsewhere = make_card(make_workshop(squad, ada), ada, "Elsewhere")

    page = post(as_mia, late.workshop, "move-cards", mate=elsewhere.pk, card=held(late))

    assert "That card is gone" in page
    assert places(late, elsewhere) == ["", ""]


def test_no_bucket_is_opened_for_what_somebody_else_took_first(
    as_mia: Client, as_ada: Client, workshop: Workshop, late: Card, mate: Card
) -> None:
    seen = held(late)
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop).pk, card=seen)

    page = post(as_mia, workshop, "move-cards", mate=mate.pk, card=seen)

    assert "Ada put “Late crews” in Usage meanwhile" in page
    assert places(late, mate) == ["Usage", ""]


def test_a_bucket_is_split_in_one_step_which_undo_takes_back(
    as_mia: Client, workshop: Workshop, ada: User, late: Card
) -> None:
    usage = bucket_of(workshop)
    stays, goes = (make_card(workshop, ada, text, bucket=usage) for text in ("Calls", "Clicks"))

    send(as_mia, workshop, "open-bucket", title="On screen", card=held(goes))
    assert places(stays, goes) == ["Usage", "On screen"]
    undo(as_mia, workshop)

    assert places(stays, goes) == ["Usage", "Usage"]
    assert not Bucket.objects.filter(title="On screen").exists()


def test_a_bucket_that_has_been_named_anew_stays_when_it_is_undone(
    as_mia: Client, as_ada: Client, workshop: Workshop, late: Card
) -> None:
    send(as_mia, workshop, "open-bucket", title="Late", card=held(late))
    send(as_ada, workshop, "rename-bucket", bucket_of(workshop, "Late").pk, title="Not in time")

    undo(as_mia, workshop)

    assert places(late) == [""]
    assert Bucket.objects.filter(title="Not in time").exists()


def test_where_nobody_is_known_it_is_not_told_who_was_faster(
    as_mia: Client, as_ada: Client, squad: Squad, ada: User
) -> None:
    workshop = anonymous(squad, ada)
    card = make_card(workshop, ada, "Late crews", participant=None)
    seen = held(card)
    send(as_ada, workshop, "move-cards", to=bucket_of(workshop).pk, card=seen)

    page = post(as_mia, workshop, "move-cards", to=bucket_of(workshop, "System Health").pk, card=seen)

    assert "Somebody put “Late crews” in Usage meanwhile" in page


@pytest.fixture
def whispers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    heard: list[Any] = []
    monkeypatch.setattr(live, "whisper", lambda _topic, told: heard.append(told))
    return heard


def hold(client: Client, *cards: Card, workshop: Workshop) -> None:
    send(client, workshop, "hold-cards", tab="0123456789abcdef", card=[held(card) for card in cards])


def test_others_hear_who_has_a_card_in_hand_and_the_log_does_not(
    as_mia: Client, late: Card, workshop: Workshop, whispers: list[Any]
) -> None:
    hold(as_mia, workshop=workshop)
    before = Event.objects.count()

    hold(as_mia, late, workshop=workshop)

    assert whispers[-1] == {"tab": "0123456789abcdef", "name": "Mia", "cards": [late.pk]}
    assert Event.objects.count() == before


def test_where_nobody_is_known_hands_have_no_name(as_mia: Client, squad: Squad, ada: User, whispers: list[Any]) -> None:
    workshop = anonymous(squad, ada)

    hold(as_mia, make_card(workshop, ada, participant=None), workshop=workshop)

    assert whispers[-1]["name"] == ""


@pytest.mark.parametrize("sent", [{"tab": "x"}, {"tab": "<b>0123456789"}, {"tab": "0123456789abcdef", "card": "x"}])
def test_nonsense_in_a_hand_is_heard_by_nobody(
    as_mia: Client, workshop: Workshop, whispers: list[Any], sent: dict[str, Any]
) -> None:
    assert told_after(as_mia, workshop, "hold-cards", **sent)

    assert whispers == []
