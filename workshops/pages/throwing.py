"""Throw: what the board must find a number for, one's own pile and what lies on the board, the newest first."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form

from mdd.http import Request
from workshops.models import Card, Reason
from workshops.openings import open_expectations
from workshops.pages import board
from workshops.rooms import Room


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    cards = list(board.shown(request, room).order_by("-pk"))
    pile = [card for card in cards if not card.is_revealed]
    on_board = [card for card in cards if card.is_revealed and card.state != Card.State.PARKED]
    face_down = board.face_down(room)
    return {
        **board.composer(room, asked),
        "pile": pile,
        "on_board": on_board,
        "parked": [card for card in cards if card.state == Card.State.PARKED],
        "face_down": face_down,
        "drawn_face_down": range(min(face_down, 12)),
        "may_reveal": room.is_facilitator and room.workshop.is_open and bool(pile or face_down),
        "doubt": board.doubt(room),
        "openings": open_expectations(room.workshop.squad),
        "thrown_for": {card.expectation_id for card in cards},
        "edited": board.edited(request, room, asked, pile + on_board),
        "new": board.mark_new(cards),
        "reasons": Reason.choices,
    }
