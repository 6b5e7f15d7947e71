"""The board on a wall: as much of it as can be read from afar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mdd.live.feeds import Groups
from workshops.faces import Face
from workshops.models import Bucket

from .board import lying
from .shared import SharedRoom

FITS = {True: 24, False: 5}  # of those that lie loose, and of those in each bucket


@dataclass(frozen=True)
class Place:
    """A bucket, or what lies loose (None): the cards that fit, and how many do not."""

    bucket: Bucket | None
    cards: Sequence[Face]
    more: int

    @classmethod
    def of(cls, cards: Sequence[Face], bucket: Bucket | None) -> Place:
        fits = FITS[bucket is None]
        return cls(bucket, cards[:fits], max(len(cards) - fits, 0))


def board(room: SharedRoom) -> Groups:
    places = lying(room)
    told = {
        "buckets": [Place.of(places[row.pk], row) for row in room.reading.buckets if places[row.pk]],
        "loose": Place.of(places[None], None),
        "lying": len(places[None]),
        "hidden": room.reading.face_down,
    }
    return room.part("board", **told)


PARTS = {"board": board}
