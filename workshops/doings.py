"""What one person has done on the board, and what of it they have taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from mdd import live
from mdd.models import Event
from workshops.models import Deed, Participant
from workshops.trails import Rows

UNDONE, REDONE = "undone", "redone"
REVEALED = ("cards-revealed", "turn-revealed")
MOVES = ("cards-moved", "cards-grouped", "bucket-opened", "buckets-merged", "suggestion-accepted")
OF_CARDS = ("cards-thrown", "card-reworded", "card-taken-back", "card-decided", "card-restored", "bucket-settled")
OF_BUCKETS = ("bucket-renamed", "bucket-removed", "bucket-phrased")
SECRET = ("card-judged", "dot-placed", "consent-given")
OF_GROUPS = ("group-brought-back",)
UNDOABLE = frozenset((*MOVES, *OF_CARDS, *OF_BUCKETS, *OF_GROUPS, *SECRET))
"""What an inverse exists for. What is revealed has been read, and a decision is followed by the next one."""

MOST = 100  # of one's latest events


@dataclass(frozen=True)
class Doing:
    """Something that one has done. `turned` is where in the log it was last undone or redone, 0 if never."""

    operation: UUID
    kind: str
    serial: int
    at: datetime
    rows: Rows
    payload: dict[str, Any]
    turned: int = 0
    turned_at: datetime | None = None
    is_undone: bool = False
    deed: Deed | None = None

    @property
    def is_secret(self) -> bool:
        return self.kind in SECRET


def doings(by: Participant) -> list[Doing]:
    """One's latest, the last first."""
    deeds = {deed.operation: deed for deed in by.deeds.order_by("-pk")[:MOST]}
    events = latest(by, [*deeds, *(deed.turned_by for deed in deeds.values() if deed.turned_by)])
    turns = turns_of(events, deeds)
    done = [event for event in events if event.kind in UNDOABLE]
    return [doing(event, deeds.get(event.operation), turns.get(str(event.operation))) for event in done]


def latest(by: Participant, own: Sequence[UUID]) -> Sequence[Event]:
    mine = Q(by=live.key_of(by.actor), payload__has_key="rows") | Q(operation__in=own)
    return list(Event.objects.filter(mine, topic__workshop=by.workshop_id).order_by("-serial")[:MOST])


def turns_of(events: Sequence[Event], deeds: dict[UUID, Deed]) -> dict[str, Event]:
    """The last time that each was undone or redone."""
    by_key = {deed.turned_by: str(operation) for operation, deed in deeds.items() if deed.turned_by}
    turned = [event for event in reversed(events) if event.kind in {UNDONE, REDONE}]
    return {by_key.get(event.operation) or event.payload.get("of", ""): event for event in turned}


def doing(event: Event, deed: Deed | None, turn: Event | None) -> Doing:
    return Doing(
        event.operation,
        event.kind,
        event.serial,
        event.at,
        deed.rows if deed else event.payload["rows"],
        event.payload,
        turn.serial if turn else 0,
        turn.at if turn else None,
        turn is not None and turn.kind == UNDONE,
        deed,
    )


def to_undo(done: Sequence[Doing]) -> list[Doing]:
    """What may be taken back, the last first."""
    return [each for each in done if not each.is_undone and each.rows]


def to_redo(done: Sequence[Doing]) -> list[Doing]:
    """What was taken back and may be done again, until one does something else."""
    newest = max((each.serial for each in done), default=0)
    undone = [each for each in done if each.is_undone and each.turned > newest]
    return sorted(undone, key=lambda each: -each.turned)


def is_touched(doing: Doing, by: Participant) -> bool:
    """Whether somebody else has changed since what it changed, or everybody has read it."""
    names = [name for name, (before, _after) in doing.rows.items() if before is not None] or list(doing.rows)
    later = Event.objects.filter(topic__workshop=by.workshop_id, serial__gt=max(doing.serial, doing.turned))
    others = ~Q(by=live.key_of(by.actor)) | Q(kind__in=REVEALED)
    return later.filter(others, payload__rows__has_any_keys=names).exists()
