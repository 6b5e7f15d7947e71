"""A page that follows the stream is answered with what is its person's own: its parts come by the stream."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from mdd.live import drawings
from mdd.models import Squad, User
from tests.builders import make_answer
from tests.workshops import boards
from tests.workshops.coming import client_of, make_guest
from workshops import parts, seats
from workshops.actions import workshops
from workshops.models import Participant, Workshop
from workshops.parts import Audience, SharedRoom
from workshops.readings import Reading

KEYS = re.compile(r'((name="(csrfmiddlewaretoken|operation)" value)|data-csrf|data-now)="[^"]*"')
SEAT = re.compile(r'<template data-kept="([^"]+)"></template>')
STAGES = ["deliver", "customers", "throw", "group", "prune"]


def cursor(workshop: Workshop) -> dict[str, str]:
    workshop.topic.refresh_from_db()
    return {"MDD-Parts": f"{workshop.topic.epoch}.{workshop.topic.serial}"}


def fill(workshop: Workshop, ada: User) -> None:
    """Something of each kind that is drawn, hidden and not."""
    for fields in ({}, {"is_revealed": True}, {"is_revealed": True, "state": "aside"}):
        make_answer(workshop, ada, text="Flights", **{"stage": "deliver"} | fields)
    boards.make_card(workshop, ada, "Who waits?")
    boards.make_card(workshop, ada, "Who sleeps?", bucket=boards.bucket_of(workshop))
    boards.make_card(workshop, ada, "Who cares?", state="parked", reason="later")
    boards.make_card(workshop, ada, "Mine?", is_revealed=False)


def room_of(answer: Any) -> str:
    """The room of a page without the keys that each page makes anew."""
    html = answer.content.decode()
    within = html[html.index('id="room"') : html.index("<toast-list")]
    return KEYS.sub("", within.partition("</main>")[0]).strip()


def drawn(workshop: Workshop, audience: Audience) -> dict[str, str]:
    room = SharedRoom.of(Reading(workshop), audience)
    return {name: KEYS.sub("", html) for name, html in seats.taken(drawings.stamp(parts.draw(room)), token="").items()}


def is_own(answer: Any) -> bool:
    return "<body data-is-own>" in answer.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("who", ["lead", "member", "guest", "look"])
def test_what_is_left_out_is_what_is_streamed(
    squad: Squad, ada: User, mia: User, as_ada: Client, as_mia: Client, stage: str, who: str
) -> None:
    workshop = boards.make_workshop(squad, ada, stage=stage)
    fill(workshop, ada)
    workshops.join(workshop, user=mia)
    if who == "look":
        Participant.objects.filter(user=mia).update(role=Participant.Role.OBSERVER)
    client = {"lead": as_ada, "guest": client_of(make_guest(workshop))}.get(who, as_mia)
    url, seen = workshop.get_absolute_url(), Workshop.objects.select_related("squad", "template").get(pk=workshop.pk)
    whole = client.get(url)

    own = client.get(url, headers=cursor(workshop))

    shown = drawn(seen, Audience(who))
    assert is_own(own)
    assert not is_own(whole)
    assert SEAT.sub(lambda seat: shown[seat[1]], room_of(own)) == room_of(whole)


def test_one_who_moves_a_card_gets_the_way_back_and_no_cards(squad: Squad, ada: User, as_ada: Client) -> None:
    workshop = boards.make_workshop(squad, ada)
    cards = [boards.make_card(workshop, ada, f"Who waits for {number}?") for number in range(50)]
    moved = {"card": boards.held(cards[0]), "to": boards.bucket_of(workshop).pk, "operation": str(uuid4())}

    answer = as_ada.post(f"{workshop.get_absolute_url()}cards/move/", moved, headers=cursor(workshop), follow=True)

    page = answer.content.decode()
    assert is_own(answer)
    assert "<undo-bar" in page
    assert "Who waits for" not in page
    assert page.count("data-undo") == 1


def whole_again(client: Client, workshop: Workshop, headers: dict[str, str]) -> None:
    answer = client.get(workshop.get_absolute_url(), headers=headers)
    assert answer.status_code == 200
    assert not is_own(answer)


def test_what_is_no_part_brings_the_whole_page(workshop: Workshop, ada_in: Participant, as_ada: Client) -> None:
    before = cursor(workshop)

    workshops.change_state(workshop, to=Workshop.State.PAUSED, by=ada_in, operation=uuid4())

    whole_again(as_ada, workshop, before)
    assert is_own(as_ada.get(workshop.get_absolute_url(), headers=cursor(workshop)))


@pytest.mark.parametrize("said", ["", "nonsense", f"{UUID(int=7)}.1", "{epoch}.99"])
def test_a_page_that_is_nowhere_on_the_line_gets_the_whole(workshop: Workshop, as_ada: Client, said: str) -> None:
    whole_again(as_ada, workshop, {"MDD-Parts": said.format(epoch=workshop.topic.epoch)})


def test_who_works_alone_gets_the_whole(alone: Workshop, as_mia: Client) -> None:
    whole_again(as_mia, alone, cursor(alone))


def test_what_is_wrong_is_asked_again_on_the_whole_page(workshop: Workshop, ada: User, as_ada: Client) -> None:
    fill(boards.make_workshop(workshop.squad, ada), ada)

    wrong = {"stage": "deliver", "text": "", "operation": str(uuid4())}
    answer = as_ada.post(f"{workshop.get_absolute_url()}write/", wrong, headers=cursor(workshop))

    assert answer.status_code == 422
    assert not is_own(answer)


def test_caches_tell_the_two_answers_apart(workshop: Workshop, as_ada: Client) -> None:
    assert "MDD-Parts" in as_ada.get(workshop.get_absolute_url()).headers["Vary"]
