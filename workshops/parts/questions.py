"""The three stages in which answers are written, revealed and agreed on."""

from __future__ import annotations

from mdd.live.feeds import Groups
from workshops.actions import anonymity
from workshops.models import Answer

from . import bar
from .shared import SharedRoom

FACE_DOWN = 12


def face_down(room: SharedRoom) -> Groups:
    written = room.reading.written
    rows = Answer.objects.filter(workshop=room.workshop, stage=room.workshop.stage, is_revealed=False)
    doubt = anonymity.warning(anonymity.few(room.workshop, rows)) if room.is_facilitator and written.hidden else ""
    slips = range(min(written.hidden, FACE_DOWN))
    told = {"hidden": written.hidden, "people": written.people, "slips": slips, "doubt": doubt}
    return room.part("face-down", **told) | bar.next_stage(room)


def revealed(room: SharedRoom) -> Groups:
    waiting = [answer for answer in room.reading.answers if answer.state == Answer.State.OPEN]
    rows = {f"answer-{row.pk}": room.drawn("revealed", answer=row, may_settle=room.may_settle) for row in waiting}
    return {"revealed": rows}


def settled(room: SharedRoom) -> Groups:
    closed = [answer for answer in room.reading.answers if answer.state != Answer.State.OPEN]
    return room.part("settled", settled=closed, may_settle=room.may_settle)


PARTS = {"face-down": face_down, "revealed": revealed, "settled": settled}
ON_WALL = {"face-down": face_down, "revealed": revealed}
