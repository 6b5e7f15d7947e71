"""The parts of a room that are the same for everybody of one audience: drawn once, streamed to all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.utils import timezone

from mdd.live.feeds import Group, Groups
from workshops import listeners, seats, shuffling
from workshops.actions import anonymity
from workshops.models import QUESTIONS, Answer, Stage, Workshop
from workshops.rooms import Room


class Audience(StrEnum):
    """Those who run the workshop, those of the squad and from outside who take part, and those who look on."""

    LEAD = "lead"
    MEMBER = "member"
    GUEST = "guest"
    LOOK = "look"


def audience_of(room: Room) -> Audience:
    if not room.may_write:
        return Audience.LOOK
    if room.is_guest:
        return Audience.GUEST
    return Audience.LEAD if room.is_facilitator else Audience.MEMBER


@dataclass(frozen=True)
class SharedRoom(Room):
    """A room that nobody in particular stands in: what one person wrote or may do alone cannot be drawn from it."""

    audience: Audience = Audience.LOOK

    @classmethod
    def of(cls, workshop: Workshop, audience: str) -> SharedRoom:
        seen = Audience(audience)
        return cls(workshop, None, seen in {Audience.LEAD, Audience.MEMBER}, seen)

    @classmethod
    def seen_in(cls, room: Room) -> SharedRoom:
        """What somebody's whole audience sees of their room. Who is in it is read once for both."""
        shared = cls.of(room.workshop, audience_of(room))
        shared.__dict__["people"] = room.people
        return shared

    @property
    def may_write(self) -> bool:
        return self.audience != Audience.LOOK

    @property
    def is_guest(self) -> bool:
        return self.audience == Audience.GUEST

    @property
    def is_facilitator(self) -> bool:
        return self.audience == Audience.LEAD

    @cached_property
    def answers(self) -> Sequence[Answer]:
        rows = Answer.objects.filter(workshop=self.workshop, stage=self.workshop.stage, is_revealed=True)
        return sorted(rows, key=shuffling.place, reverse=True)

    @property
    def may_settle(self) -> bool:
        """Whether these people pick revealed answers and agree on words."""
        return self.is_facilitator and self.workshop.is_open

    def drawn(self, template: str, **context: object) -> str:
        told = {"room": self, "workshop": self.workshop, "may_write": self.may_write, "csrf_token": seats.CSRF}
        return render_to_string(f"workshops/parts/{template}.html", told | context).strip()


def people(room: SharedRoom) -> Group:
    done = [person for person in room.inside if person.done_stage == room.workshop.stage]
    return {"people": room.drawn("people", people=room.inside, done_people=done if room.is_facilitator else [])}


def hands(room: SharedRoom) -> Group:
    return {"hands": room.drawn("hands", hands=room.hands)}


def done(room: SharedRoom) -> Group:
    """How many of those are done who are waited for; who facilitates is told when only their own word is missing."""
    asked = [person for person in room.inside if person.has_device and not person.is_observer]
    waited_for = [person for person in asked if person.done_stage != room.workshop.stage]
    is_over = len(asked) > 1 and all(person.is_facilitator for person in waited_for)
    count = len(asked) - len(waited_for)
    return {"done": room.drawn("done", done=count, people=len(asked), is_over=is_over and room.is_facilitator)}


def clock(room: SharedRoom) -> Group:
    return {"clock": room.drawn("clock", clock=room.clock)}


def moving(room: SharedRoom) -> Group:
    to = room.workshop.moving_to
    return {"moving": room.drawn("moving", to=Stage(to) if to else None)}


def door(room: SharedRoom) -> Group:
    return {"door": room.drawn("door")}


def seen_by(room: SharedRoom) -> Group:
    return {"seen-by": room.drawn("seen_by", sentence=listeners.sentence(room))}


def face_down(room: SharedRoom) -> Group:
    rows = Answer.objects.filter(workshop=room.workshop, stage=room.workshop.stage)
    hidden = rows.filter(is_revealed=False)
    told = rows.aggregate(people=Count("participant", distinct=True), hidden=Count("pk", filter=Q(is_revealed=False)))
    count = told["hidden"]
    doubt = anonymity.warning(anonymity.few(room.workshop, hidden)) if room.is_facilitator and count else ""
    slips = range(min(count, FACE_DOWN))
    return {"face-down": room.drawn("face_down", hidden=count, people=told["people"], slips=slips, doubt=doubt)}


def revealed(room: SharedRoom) -> Group:
    waiting = [answer for answer in room.answers if answer.state == Answer.State.OPEN]
    return {f"answer-{row.pk}": room.drawn("revealed", answer=row, may_settle=room.may_settle) for row in waiting}


def settled(room: SharedRoom) -> Group:
    closed = [answer for answer in room.answers if answer.state != Answer.State.OPEN]
    return {"settled": room.drawn("settled", settled=closed, may_settle=room.may_settle)}


FACE_DOWN = 12
BAR = {"seen-by": seen_by, "clock": clock, "moving": moving}
BAR |= {"people": people, "hands": hands, "done": done, "door": door}
QUESTION = {"face-down": face_down, "revealed": revealed, "settled": settled}
PARTS: Mapping[str, Mapping[str, Callable[[SharedRoom], Group]]] = {
    stage: BAR | (QUESTION if stage in QUESTIONS[:3] else {}) for stage in Stage
}
"""The groups of each stage, each with what draws it."""

SOLO = frozenset(("seen-by", "clock", "people", "done"))
"""The groups that are left where nobody is waited for."""

TOUCHES: Mapping[str, Collection[str]] = {
    "participant-joined": ("seen-by", "people", "done", "door"),
    "participant-removed": ("seen-by", "people", "hands", "done", "door"),
    "participant-waits": ("door",),
    "approval-changed": (),
    "password-changed": (),
    "done-said": ("people", "done"),
    "hand-raised": ("people", "hands"),
    "hand-lowered": ("people", "hands"),
    "hand-heard": (),
    "time-added": ("clock",),
    "timer-rests": ("clock",),
    "timer-goes-on": ("clock",),
    "move-announced": ("moving",),
    "move-stopped": ("moving",),
    "answers-written": ("face-down",),
    "answer-reworded": (),
    "answer-taken-back": ("face-down",),
    "answer-set-aside": ("revealed", "settled"),
    "answer-brought-back": ("revealed", "settled"),
}
"""The groups that a kind of event changes. After any other kind the whole page is fetched again."""


def draw(room: SharedRoom, names: Collection[str] | None = None) -> Groups:
    """These groups as they are now, or all that the stage has."""
    shown = {name: part for name, part in PARTS[room.workshop.stage].items() if not room.is_solo or name in SOLO}
    with timezone.override(room.workshop.squad.tz):
        return {name: part(room) for name, part in shown.items() if names is None or name in names}
