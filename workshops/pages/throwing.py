"""What the stage shows."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form

from mdd.http import Request
from workshops.rooms import Room


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    return {}
