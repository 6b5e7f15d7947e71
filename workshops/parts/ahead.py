"""Before the meeting: when it is, and who has thrown. Never what, or how much."""

from __future__ import annotations

from mdd.live.feeds import Groups
from workshops import expected

from .shared import SharedRoom


def ahead(room: SharedRoom) -> Groups:
    return room.part("ahead", expected=expected.of(room.workshop))


PARTS = {"ahead": ahead}
