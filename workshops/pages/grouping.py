"""Group: the tangle of loose cards, and the buckets that they go into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.http import Request
from mdd.models import Event
from workshops.actions.moves import is_undone, landed, own_moves
from workshops.forms.buckets import OpenForm
from workshops.models import Bucket
from workshops.pages import board, suggesting
from workshops.rooms import Room

UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Undoable:
    """One's last move, in words."""

    of: UUID
    said: str


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    return {
        **board.composer(room, asked),
        "opening": asked.get("open") or OpenForm(),
        "undoable": undoable(room, room.reading.buckets),
        **suggesting.context(room),
    }


def undoable(room: Room, buckets: Sequence[Bucket]) -> Undoable | None:
    """One's last move, while it is fresh and not taken back."""
    if room.me is None or not room.workshop.is_open:
        return None
    last = own_moves(room.workshop, room.me).exclude(payload__cards={}).first()
    if last is None or last.at < timezone.now() - UNDO_FOR or is_undone(room.workshop, last.operation):
        return None
    return Undoable(last.operation, words(last, {bucket.pk: bucket for bucket in buckets}))


def words(move: Event, buckets: Mapping[int, Bucket]) -> str:
    count, bucket = len(move.payload["cards"]), buckets.get(move.payload["to"])
    if len(places := set(landed(move).values())) > 1:
        return _("Put %(count)s cards in %(buckets)s buckets.") % {"count": count, "buckets": len(places)}
    if bucket is None:
        return ngettext("Took 1 card out.", "Took %(count)s cards out.", count) % {"count": count}
    moved = ngettext("Moved 1 card to %(bucket)s.", "Moved %(count)s cards to %(bucket)s.", count)
    return moved % {"count": count, "bucket": bucket}
