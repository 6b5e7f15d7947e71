"""Group: the tangle of loose cards, and the buckets that they go into."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form

from mdd.http import Request
from workshops.forms.buckets import OpenForm
from workshops.pages import board, suggesting
from workshops.rooms import Room


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    return {
        **board.composer(room, asked),
        **board.apart(room),
        "opening": asked.get("open") or OpenForm(),
        **suggesting.context(room),
    }
