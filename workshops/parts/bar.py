"""What stands above every stage: who is here, the clock, where everybody goes."""

from __future__ import annotations

from mdd.live.feeds import Group, Groups
from workshops import codes, listeners
from workshops.models import Stage

from .shared import Audience, SharedRoom


def people(room: SharedRoom) -> Groups:
    done = [person for person in room.inside if person.done_stage == room.workshop.stage]
    return room.part("people", people=room.inside, done_people=done if room.is_facilitator else [])


def hands(room: SharedRoom) -> Groups:
    return room.part("hands", hands=room.hands)


def done(room: SharedRoom) -> Groups:
    """How many of those are done who are waited for; who facilitates is told when only their own word is missing."""
    asked = [person for person in room.inside if person.has_device and not person.is_observer]
    waited_for = [person for person in asked if person.done_stage != room.workshop.stage]
    is_over = len(asked) > 1 and all(person.is_facilitator for person in waited_for)
    count = len(asked) - len(waited_for)
    return room.part("done", done=count, people=len(asked), is_over=is_over and room.is_facilitator)


def clock(room: SharedRoom) -> Groups:
    return room.part("clock", clock=room.clock)


def moving(room: SharedRoom) -> Groups:
    to = room.workshop.moving_to
    return room.part("moving", to=Stage(to) if to else None)


def next_stage(room: SharedRoom) -> dict[str, Group]:
    """The way on, for who leads. Drawn again with whatever lies face down, and what is settled."""
    following = room.beside(1)
    if not following or room.audience != Audience.LEAD:
        return {}
    asked = room.asked.get("move")
    to = Stage(asked.data["to"] if asked else following)
    hidden = 0 if room.is_solo else room.reading.face_down_here
    unsettled = room.reading.unsettled if room.workshop.stage == Stage.PRUNE else 0
    return room.part("next-stage", to=to, is_asked=bool(asked), hidden=hidden, unsettled=unsettled)


def door(room: SharedRoom) -> Groups:
    return room.part("door", code=code_for_others(room))


def code_for_others(room: SharedRoom) -> str:
    """What brings the others in, for who leads and is still alone at the first stage; "" for everybody else."""
    workshop = room.workshop
    is_alone = room.audience == Audience.LEAD and len(room.inside) == 1
    is_beginning = workshop.stage == room.boxes[0].stage and not workshop.is_locked
    return codes.spaced(workshop.join_code) if is_alone and is_beginning and workshop.join_code else ""


def seen_by(room: SharedRoom) -> Groups:
    return room.part("seen-by", sentence=listeners.sentence(room))


ON_WALL = {"moving": moving, "clock": clock, "people": people, "hands": hands, "done": done}
PARTS = {"seen-by": seen_by, **ON_WALL, "door": door, "next-stage": next_stage}
