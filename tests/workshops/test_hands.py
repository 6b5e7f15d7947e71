"""Raised hands, and who is done."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.models import Event, User
from tests.workshops.coming import client_of, make_guest
from tests.workshops.posting import post, send
from workshops import parts
from workshops.actions import hands
from workshops.actions import workshops as actions
from workshops.models import Participant, Workshop
from workshops.parts import BESIDE, Audience, SharedRoom
from workshops.readings import Reading


def raise_hand(person: Participant, *, up: bool = True) -> None:
    hands.raise_hand(person.workshop, is_raised=up, by=person, operation=uuid4())


def say_done(person: Participant) -> None:
    actions.say_done(person.workshop, stage=person.workshop.stage, is_done=True, by=person, operation=uuid4())


def drawn(workshop: Workshop, audience: Audience, part: str) -> str:
    workshop.refresh_from_db()
    return " ".join(parts.draw(SharedRoom.of(Reading(workshop), audience), [part])[part][part].split())


@pytest.mark.parametrize("who", ["as_mia", "as_gus", "as_ada"])
def test_anybody_raises_a_hand_and_takes_it_down(request: pytest.FixtureRequest, workshop: Workshop, who: str) -> None:
    client = request.getfixturevalue(who)

    up = post(client, "raise-hand", workshop, is_raised="on").content.decode()
    down = post(client, "raise-hand", workshop).content.decode()

    assert "hand 1 up" in up
    assert "hand 1 up" not in down


def test_who_only_watches_has_no_hand(workshop: Workshop) -> None:
    page = post(client_of(make_guest(workshop, role="observer")), "raise-hand", workshop, is_raised="on")

    assert "You only watch here." in page.content.decode()
    assert not Participant.objects.exclude(hand_raised_at=None).exists()


def test_hands_are_counted_for_all_and_named_for_who_facilitates(
    workshop: Workshop, mia_in: Participant, gus: Participant
) -> None:
    raise_hand(gus)
    raise_hand(mia_in)

    assert "2 hands" in drawn(workshop, Audience.MEMBER, "hands")
    lead = drawn(workshop, Audience.LEAD, "hands")
    assert ">Gus<" in lead
    assert "and 1 more" in lead


def test_hands_keep_the_order_in_which_they_came(workshop: Workshop, mia_in: Participant, gus: Participant) -> None:
    raise_hand(gus)
    raise_hand(mia_in)
    raise_hand(gus)

    assert drawn(workshop, Audience.MEMBER, "people").index("hand 2 up") < drawn(
        workshop, Audience.MEMBER, "people"
    ).index("hand 1 up")
    assert Event.objects.filter(topic=workshop.topic, kind="hand-raised").count() == 2


def test_who_was_heard_is_followed_by_the_next(
    as_ada: Client, workshop: Workshop, mia_in: Participant, gus: Participant
) -> None:
    raise_hand(gus)
    raise_hand(mia_in)

    send(as_ada, "lower-hand", workshop, gus.pk)

    lead = drawn(workshop, Audience.LEAD, "hands")
    assert ">Mia<" in lead
    assert "more" not in lead


def test_lowering_a_hand_that_is_down_is_no_news(as_ada: Client, workshop: Workshop, gus: Participant) -> None:
    send(as_ada, "lower-hand", workshop, gus.pk)

    assert not Event.objects.filter(topic=workshop.topic, kind="hand-lowered").exists()


def test_only_who_facilitates_lowers_the_hands_of_others(as_mia: Client, workshop: Workshop, gus: Participant) -> None:
    raise_hand(gus)

    page = post(as_mia, "lower-hand", workshop, gus.pk).content.decode()

    gus.refresh_from_db()
    assert "Only a facilitator can do that." in page
    assert gus.hand_raised_at


def test_a_hand_leaves_with_its_guest(workshop: Workshop, gus: Participant, ada_in: Participant) -> None:
    raise_hand(gus)
    Participant.objects.filter(pk=gus.pk).update(removed_at=gus.joined_at)

    assert "Gus" not in drawn(workshop, Audience.LEAD, "hands")


def test_done_counts_those_who_are_waited_for(workshop: Workshop, mia_in: Participant, gus: Participant) -> None:
    make_guest(workshop, name="Uma", has_device=False)
    make_guest(workshop, name="Olli", role="observer", done_stage="deliver")
    say_done(mia_in)

    assert "1 of 3 done" in drawn(workshop, Audience.MEMBER, "done")


def test_who_is_done_is_named_for_who_facilitates_alone(workshop: Workshop, mia_in: Participant) -> None:
    say_done(mia_in)

    marks = {
        audience: "is-done" in drawn(workshop, audience, "people") for audience in Audience if audience not in BESIDE
    }

    assert marks == {
        Audience.LEAD: True,
        Audience.MEMBER: False,
        Audience.GUEST: False,
        Audience.LOOK: False,
    }


def test_who_facilitates_is_told_when_the_others_are_done(
    workshop: Workshop, ada_in: Participant, mia_in: Participant
) -> None:
    nobody = drawn(workshop, Audience.LEAD, "done")
    say_done(mia_in)
    others = drawn(workshop, Audience.LEAD, "done")
    say_done(ada_in)
    everybody = drawn(workshop, Audience.LEAD, "done")

    assert "Go on?" not in nobody
    assert "Others done. Go on?" in others
    assert "All done. Go on?" in everybody
    assert "Go on?" not in drawn(workshop, Audience.MEMBER, "done")


def test_alone_nobody_is_waited_for(alone: Workshop, mia: User) -> None:
    say_done(Participant.objects.get(workshop=alone))

    assert "done" not in drawn(alone, Audience.LEAD, "done").replace('id="done"', "")
