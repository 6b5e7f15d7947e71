"""What an event is said to change is all that it changes: a page that is told step by step is as a fresh one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from mdd.models import Event, Squad, User
from tests.workshops.coming import make_guest
from workshops import parts
from workshops.actions import answers, countdowns, doors, guests, hands, timers, workshops
from workshops.models import Answer, Participant, Workshop
from workshops.parts import TOUCHES, Audience, SharedRoom

Do = Callable[..., object]


class Scene:
    """A workshop in which each kind of thing can happen: two members, two guests and one at the door."""

    def __init__(self, squad: Squad, ada: User, mia: User) -> None:
        self.workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
        self.lead = Participant.objects.get(workshop=self.workshop, user=ada)
        self.mia = workshops.join(self.workshop, user=mia)
        self.gus = make_guest(self.workshop, name="Gus")
        self.speaker = make_guest(self.workshop, name="Sue")
        make_guest(self.workshop, name="Wim", approved_at=None)
        for text, fields in (
            ("one", {}),
            ("two", {"is_revealed": True}),
            ("three", {"is_revealed": True, "state": "aside"}),
        ):
            Answer.objects.create(workshop=self.workshop, stage="deliver", participant=self.mia, text=text, **fields)
        hands.raise_hand(self.workshop, is_raised=True, by=self.speaker, operation=uuid4())

    def write(self, text: str, **fields: Any) -> None:
        Answer.objects.create(workshop=self.workshop, stage="deliver", participant=self.mia, text=text, **fields)

    def answer(self, text: str) -> int:
        return Answer.objects.get(workshop=self.workshop, text=text).pk

    def seen(self, audience: str) -> dict[str, object]:
        return dict(parts.draw(SharedRoom.of(Workshop.objects.get(pk=self.workshop.pk), audience)))


def happenings(scene: Scene) -> dict[str, Do]:
    """What makes each kind of event happen, by the kind."""
    go = partial
    room = scene.workshop
    by: dict[str, Any] = {"by": scene.lead}
    mine: dict[str, Any] = {"by": scene.mia}
    return {
        "participant-joined": go(guests.come_in, room, name="Ida"),
        "participant-removed": go(guests.take_out, room, person=scene.speaker.pk, **by),
        "participant-waits": lambda operation: (
            Workshop.objects.filter(pk=room.pk).update(needs_approval=True),
            guests.come_in(room, name="Ida", operation=operation),
        ),
        "approval-changed": go(doors.ask_approval, room, needs_approval=True, **by),
        "password-changed": go(doors.set_password, room, password="spaghetti", **by),
        "done-said": go(workshops.say_done, room, is_done=True, **mine),
        "hand-raised": go(hands.raise_hand, room, is_raised=True, **mine),
        "hand-lowered": go(hands.raise_hand, room, is_raised=False, by=scene.speaker),
        "hand-heard": go(hands.lower, room, person=scene.speaker.pk, **by),
        "time-added": go(timers.add, room, minutes=5, **by),
        "timer-rests": go(timers.rest, room, rests=True, **by),
        "timer-goes-on": lambda operation: (
            timers.rest(room, rests=True, operation=uuid4(), **by),
            timers.rest(room, rests=False, operation=operation, **by),
        ),
        "move-announced": go(countdowns.announce, room, seen="deliver", to="customers", **by),
        "move-stopped": lambda operation: (
            countdowns.announce(room, seen="deliver", to="customers", operation=uuid4(), **by),
            countdowns.stop(room, to="customers", operation=operation, **by),
        ),
        "answers-written": go(answers.write, room, stage="deliver", texts=["four"], **mine),
        "answer-reworded": go(answers.reword, room, answer=scene.answer("one"), text="uno", **mine),
        "answer-taken-back": go(answers.take_back, room, answer=scene.answer("one"), **mine),
        "answer-set-aside": go(answers.set_aside, room, answer=scene.answer("two"), is_aside=True, **by),
        "answer-brought-back": go(answers.set_aside, room, answer=scene.answer("three"), is_aside=False, **by),
    }


@pytest.fixture
def scene(squad: Squad, ada: User, mia: User) -> Scene:
    return Scene(squad, ada, mia)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", TOUCHES)
def test_an_event_changes_only_what_it_says(scene: Scene, kind: str, audience: str) -> None:
    happening = happenings(scene)[kind]
    last = Event.objects.filter(topic=scene.workshop.topic).order_by("-serial")[0].serial
    before = scene.seen(audience)

    happening(operation=uuid4())

    kinds = Event.objects.filter(topic=scene.workshop.topic, serial__gt=last).values_list("kind", flat=True)
    told = {group for each in kinds for group in TOUCHES[each]}
    after = scene.seen(audience)
    assert kind in kinds
    assert {name for name in after if before.get(name) != after[name]} <= told
