"""Many hands at one card: one end state, and one sentence for each who came late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from mdd.models import Event, Squad, User
from tests.races import alone
from tests.workshops.boards import make_card, make_workshop, place_of
from workshops.actions import keeps, moves
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Keep

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_who_move_one_card_at_once_move_it_once(squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada)
    card, me = make_card(workshop, ada), place_of(workshop, ada)
    buckets = list(Bucket.objects.filter(workshop=workshop))

    def move(number: int) -> str:
        to = buckets[number % 3].pk
        try:
            moves.move(workshop, held={card.pk: None}, to=to, by=me, operation=uuid4())
        except Refused as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: alone(lambda: move(number)), range(8)))

    event = Event.objects.get(kind="cards-moved")
    card.refresh_from_db()
    assert card.bucket_id == event.payload["to"]
    assert told.count("") == 1
    assert {sentence for sentence in told if sentence} == {
        f"Ada put “Who waits?” in {card.bucket} meanwhile, so it stays there."
    }


def test_eight_sends_of_one_move_are_one_move_without_a_complaint(squad: Squad, ada: User) -> None:
    workshop, key = make_workshop(squad, ada), uuid4()
    card, me, to = make_card(workshop, ada), place_of(workshop, ada), Bucket.objects.all()[0].pk

    def move() -> object:
        return moves.move(workshop, held={card.pk: None}, to=to, by=me, operation=key)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: alone(move), range(8)))

    assert told == [None] * 8
    assert Event.objects.filter(kind="cards-moved").count() == 1


def test_two_facilitators_who_decide_differently_decide_once(squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada)
    card, me = make_card(workshop, ada), place_of(workshop, ada)

    def decide(reason: str) -> str:
        try:
            keeps.decide(Card.objects.get(pk=card.pk), reason=reason, until=None, by=me, operation=uuid4())
        except Refused as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(lambda reason: alone(lambda: decide(reason)), ["", "later"]))

    assert told[0] == ""
    assert "already" in told[1]


def test_judging_twice_at_once_is_one_verdict(squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada)
    card, me = make_card(workshop, ada), place_of(workshop, ada)

    def judge(reason: str) -> None:
        value = "park" if reason else "keep"
        keeps.judge(card, value=value, reason=reason, by=me, operation=uuid4())

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda reason: alone(lambda: judge(reason)), ["", "later"]))

    assert Keep.objects.count() == 1
