"""The groups that are apart: who sits in each, and how many cards lie there."""

from __future__ import annotations

from mdd.live.feeds import Groups

from .shared import SharedRoom


def groups(room: SharedRoom) -> Groups:
    return room.part("groups", groups=room.reading.groups)


PARTS = {"groups": groups}
