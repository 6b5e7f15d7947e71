"""The parts of a room that are the same for everybody of one audience: drawn once, streamed to all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from django.utils import timezone

from mdd.live.feeds import Group, Groups
from workshops.models import QUESTIONS, Stage, Workshop

from . import ahead, bar, board, groups, prune, questions, wall
from .kinds import TOUCHES
from .shared import BESIDE, Audience, SharedRoom, audience_of

__all__ = ["BESIDE", "PARTS", "SOLO", "TOUCHES", "Audience", "SharedRoom", "audience_of", "draw", "touched"]

Part = Callable[[SharedRoom], Groups]
"""Draws a group, and lists that stand in it."""

STAGES: Mapping[str, Mapping[str, Part]] = {
    **dict.fromkeys(QUESTIONS[:3], questions.PARTS),
    Stage.THROW: {**groups.PARTS, **board.THROWN},
    Stage.GROUP: {**groups.PARTS, **board.GROUPED},
    Stage.PRUNE: prune.PARTS,
}
ON_WALL: Mapping[str, Mapping[str, Part]] = {
    **dict.fromkeys(QUESTIONS[:3], questions.ON_WALL),
    **dict.fromkeys([stage for stage in Stage if stage not in QUESTIONS], wall.PARTS),
}
PARTS: Mapping[str, Mapping[str, Part]] = {stage: {**bar.PARTS, **STAGES.get(stage, {})} for stage in Stage}
"""The groups of each stage's page, each with what draws it."""

WALL: Mapping[str, Mapping[str, Part]] = {stage: {**bar.ON_WALL, **ON_WALL.get(stage, {})} for stage in Stage}
"""The same, of the wall."""

AHEAD = {"seen-by": bar.seen_by, "people": bar.people, "door": bar.door, **ahead.PARTS}
"""What the page of before the meeting has, and the wall."""

SOLO = frozenset(("seen-by", "clock", "people", "done", "next-stage"))
"""The groups that are left where nobody is waited for."""


def shown(workshop: Workshop, audience: str) -> Mapping[str, Part]:
    """The groups of the page that this audience sees now."""
    if audience == Audience.LOBBY:
        return {}
    if workshop.is_ahead:
        return AHEAD
    parts = (WALL if audience == Audience.WALL else PARTS)[workshop.stage]
    return {name: part for name, part in parts.items() if not workshop.template.is_solo or name in SOLO}


def touched(workshop: Workshop, kind: str) -> Collection[str] | None:
    """The groups that an event of this kind changes; None where the stage's page shows them in no part."""
    names = TOUCHES.get(kind)
    if names is None or (names and shown(workshop, Audience.LEAD).keys().isdisjoint(names)):
        return None
    return names


def draw(room: SharedRoom, names: Collection[str] | None = None) -> Groups:
    """These groups as they are now, with the lists that stand in them, or all that the stage has."""
    groups: dict[str, Group] = {}
    with timezone.override(room.workshop.squad.tz):
        for name, part in shown(room.workshop, room.audience).items():
            if names is None or name in names:
                groups |= part(room)
    return groups
