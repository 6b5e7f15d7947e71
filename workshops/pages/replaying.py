"""The replay: a moment of a workshop, its board, and the moments beside it."""

from __future__ import annotations

from collections.abc import Sequence

from workshops import replays
from workshops.replays import Moment, State
from workshops.rooms import Room


def context(room: Room, asked: str) -> dict[str, object]:
    told = replays.moments(room.workshop)
    now = told[chosen(asked, told) - 1] if told else None
    return {
        "workshop": room.workshop,
        "room": room,
        "moments": told,
        "now": now,
        "last": len(told),
        "before": now and now.place - 1,
        "after": now and now.place < len(told) and now.place + 1,
        "board": replays.drawn(room.workshop, state(room, now)),
    }


def state(room: Room, now: Moment | None) -> State:
    return replays.board_at(room.workshop, now.until) if now else replays.present(room.workshop)


def chosen(asked: str, told: Sequence[Moment]) -> int:
    """The place that the address names, or the last."""
    place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < len("1000000") else len(told)
    return min(max(place, 1), len(told))
