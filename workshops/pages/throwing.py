"""Throw: what the board must find a number for, one's own pile and what lies on the board, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.forms import Form

from mdd.http import Request
from workshops.models import Card, Reason
from workshops.openings import open_expectations
from workshops.pages import board
from workshops.rooms import Room


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    hidden = Card.objects.of(request.actor).filter(workshop=room.workshop, is_revealed=False)
    drawn = hidden.select_related("participant__user", "expectation__customer").prefetch_related("marks__other")
    own = list(drawn.order_by("-pk"))
    return {
        **board.composer(room, asked),
        **board.apart(room),
        "pile": own,
        "openings": open_expectations(room.workshop.squad),
        "thrown_for": thrown_for(room, own),
        "edited": board.edited(request, room, asked, own),
    } | (alone(request, room, asked) if room.is_solo else {})


def thrown_for(room: Room, own: Sequence[Card]) -> set[int | None]:
    """The expectations that a card serves, as far as one sees."""
    return {card.expectation_id for card in own} | {
        card.expectation.pk for card in room.reading.cards if card.expectation
    }


def alone(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    """Who works alone settles each card where it lies."""
    cards = list(board.shown(request, room).order_by("-pk"))
    on_board = [card for card in cards if card.state != Card.State.PARKED]
    return {
        "on_board": on_board,
        "parked": [card for card in cards if card.state == Card.State.PARKED],
        "edited": board.edited(request, room, asked, on_board),
        "reasons": Reason.choices,
    }
