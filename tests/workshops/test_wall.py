"""The room on a wall: for everybody's eyes, whoever has opened it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import feeds
from mdd.models import User
from tests.builders import make_answer, make_expectation
from tests.workshops.posting import move, send, url
from tests.workshops.test_hidden import make_opinion
from workshops.models import Bucket, Card, Participant, Workshop
from workshops.parts import Audience
from workshops.titles import TITLES


def wall(client: Client, workshop: Workshop) -> str:
    return client.get(url("projector", workshop)).content.decode()


@pytest.mark.parametrize("stage", list(TITLES))
def test_each_stage_stands_on_the_wall_without_a_form(as_ada: Client, workshop: Workshop, stage: str) -> None:
    move(workshop, stage)

    page = wall(as_ada, workshop)

    assert f"<h1>{TITLES[stage]}</h1>" in page
    assert "<form" not in page
    assert "<textarea" not in page


def test_nothing_of_ones_own_is_on_it(as_ada: Client, workshop: Workshop, ada: User, ada_in: Participant) -> None:
    make_answer(workshop, ada, text="Mine and face down")
    make_answer(workshop, ada, text="Revealed to all", is_revealed=True)

    page = wall(as_ada, workshop)

    assert "Revealed to all" in page
    assert "Mine and face down" not in page
    assert "1 answer lies face down." in page


def test_a_hidden_card_is_a_number(as_ada: Client, workshop: Workshop, ada_in: Participant) -> None:
    bucket = Bucket.objects.filter(workshop=workshop).first()
    for text, fields in (("Seen", {"is_revealed": True}), ("Secret", {})):
        Card.objects.create(workshop=workshop, participant=ada_in, text=text, **fields)
    Card.objects.create(
        workshop=workshop, participant=ada_in, text="Sorted", is_revealed=True, bucket=bucket, state="grouped"
    )
    move(workshop, "group")

    page = wall(as_ada, workshop)

    assert all(text in page for text in ("Sorted", str(bucket), "1 card lies face down.", "1 card is in no"))
    assert "Secret" not in page


def test_opinions_are_on_it_once_they_are_revealed(as_ada: Client, workshop: Workshop, ada: User) -> None:
    move(workshop, "meeting")
    opinion = make_opinion(workshop, ada, expectation_id=make_expectation(workshop.squad, ada).pk)
    hidden = wall(as_ada, workshop)
    opinion.is_revealed = True
    opinion.save()

    assert opinion.get_verdict_display() not in hidden
    assert opinion.get_verdict_display() in wall(as_ada, workshop)


def test_the_code_is_on_it_while_others_may_come_in(as_ada: Client, workshop: Workshop) -> None:
    code = f"{workshop.join_code[:3]} {workshop.join_code[3:]}" if workshop.join_code else ""
    open_door = wall(as_ada, workshop)

    send(as_ada, "lock-door", workshop, is_locked="on")

    assert code in open_door
    assert code not in wall(as_ada, workshop)


def test_the_wall_names_nobody_who_is_done(as_ada: Client, workshop: Workshop) -> None:
    send(as_ada, "done", workshop, is_done="on")

    assert "is-done" not in wall(as_ada, workshop)


def test_a_wall_is_nobody_being_here(as_mia: Client, workshop: Workshop, mia_in: Participant) -> None:
    Participant.objects.update(last_seen_at=None)

    as_mia.get(url("projector", workshop))
    feeds.of(workshop.topic).seen(workshop.topic, [f"wall:user:{mia_in.user_id}"])

    mia_in.refresh_from_db()
    assert mia_in.last_seen_at is None


def test_who_facilitates_follows_a_wall_as_somebody_who_looks(as_ada: Client, workshop: Workshop, ada: User) -> None:
    send(as_ada, "raise-hand", workshop, is_raised="on", operation=uuid4())
    workshop.topic.refresh_from_db()
    since = f"{workshop.topic.epoch}.{workshop.topic.serial - 1}"

    there = f"/live/{workshop.topic_id}/"
    as_wall = as_ada.get(there, {"as": "wall", "since": since}).json()
    as_lead = as_ada.get(there, {"since": since}).json()

    assert "<form" in as_lead["parts"]["hands"]
    assert "<form" not in as_wall["parts"]["hands"]


def test_a_wall_goes_dark_with_the_rights_of_who_opened_it(workshop: Workshop, mia: User) -> None:
    key = f"wall:user:{mia.pk}"
    before = feeds.of(workshop.topic).audiences(workshop.topic, [key])
    mia.memberships.all().delete()

    assert before[key] == Audience.WALL
    assert key not in feeds.of(workshop.topic).audiences(workshop.topic, [key])
