"""Group: the tangle of loose cards, and the buckets that they go into."""

from __future__ import annotations

from collections.abc import Mapping
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
from workshops.forms.buckets import OpenForm, TitleForm
from workshops.models import Bucket, Card
from workshops.pages import board, suggesting
from workshops.rooms import Room

UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Place:
    """A bucket as it stands on the board. `titling` is the form of its title."""

    bucket: Bucket
    cards: list[Card]
    titling: Form

    @property
    def is_empty(self) -> bool:
        return not self.cards


@dataclass(frozen=True)
class Undoable:
    """One's last move, in words."""

    of: UUID
    said: str


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    cards = list(board.shown(request, room))
    on_board = [card for card in cards if card.is_revealed and card.state != Card.State.PARKED]
    hidden = sum(not card.is_revealed for card in cards) + board.face_down(room)
    buckets = list(Bucket.objects.filter(workshop=room.workshop))
    return {
        **board.composer(room, asked),
        "loose": [card for card in on_board if card.bucket_id is None],
        "places": [place(bucket, on_board, asked) for bucket in buckets],
        "parked": [card for card in cards if card.state == Card.State.PARKED],
        "hidden": hidden,
        "may_reveal": room.is_facilitator and room.workshop.is_open and hidden > 0,
        "doubt": board.doubt(room),
        "opening": asked.get("open") or OpenForm(),
        "undoable": undoable(room, buckets),
        **suggesting.context(room, on_board),
        "new": board.mark_new(cards),
    }


def place(bucket: Bucket, cards: list[Card], asked: Mapping[str, Form]) -> Place:
    titling = asked.get(f"rename-{bucket.pk}") or TitleForm(initial={"title": bucket.title})
    return Place(bucket, [card for card in cards if card.bucket_id == bucket.pk], titling)


def undoable(room: Room, buckets: list[Bucket]) -> Undoable | None:
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
