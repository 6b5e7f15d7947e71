"""What a person can take back or do again on the board, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from workshops import trails
from workshops.doings import Doing, doings, is_touched, to_redo, to_undo
from workshops.happenings import Happening
from workshops.models import QUESTIONS, Participant
from workshops.rooms import Room

FRESH = timedelta(minutes=1)
TRIED = 3  # steps that are looked at: what others have changed since is not offered


@dataclass(frozen=True)
class Step:
    """One thing that was done, by its operation."""

    of: str
    said: str


@dataclass(frozen=True)
class Offer:
    """The step that can be undone, the one that can be redone, and which of them has just happened, at this stage."""

    undo: Step | None
    redo: Step | None
    is_fresh: bool
    is_undone: bool


def offer(room: Room) -> Offer | None:
    """None where there is no board, or nobody to do anything on it."""
    if room.me is None or not room.may_write or not room.workshop.is_open or room.workshop.stage in QUESTIONS:
        return None
    done = doings(room.me)
    last = max(done, key=lambda each: max(each.serial, each.turned), default=None)
    return Offer(
        undo=first(to_undo(done), room.me, room),
        redo=first(to_redo(done), room.me, room),
        is_fresh=last is not None
        and (last.turned_at or last.at) > max(timezone.now() - FRESH, room.workshop.stage_since),
        is_undone=last is not None and last.is_undone,
    )


def first(wanted: Sequence[Doing], me: Participant, room: Room) -> Step | None:
    found = next((each for each in wanted[:TRIED] if not is_touched(each, me)), None)
    if found is None:
        return None
    buckets = {trails.name(bucket): trails.held(bucket) for bucket in room.reading.buckets}
    return Step(str(found.operation), Happening(found.kind, found.payload, found.rows, buckets).said)
