"""The room for a wall: what everybody may see, large, with nobody's own things, whoever has opened it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.http import Request
from workshops import canvas
from workshops.models import Opinion, Stage
from workshops.pages import agreed, lobby, meeting
from workshops.parts import Audience, SharedRoom
from workshops.rooms import Room
from workshops.stages import shared
from workshops.titles import TITLES


@dataclass(frozen=True)
class Matter:
    """An expectation, the opinions that are revealed, and what this workshop has found."""

    text: str
    tallies: Sequence[meeting.Tally]
    found: canvas.Answer | None


def show(request: Request, room: Room) -> HttpResponse:
    wall = SharedRoom.of(room.reading, Audience.WALL)
    context = {
        "room": wall,
        "workshop": room.workshop,
        "title": _("Before we meet") if room.workshop.is_ahead else TITLES[room.workshop.stage],
        "parts": shared(request, room, Audience.WALL, {}),
        "person_key": live.key_of(request.actor),
        "way_in": lobby.way_in(request, room),
        "now": timezone.now(),
    }
    return render(request, "workshops/wall.html", context | STAGES.get(room.workshop.stage, nothing)(wall))


def questions(room: SharedRoom) -> dict[str, object]:
    return {"agreed": agreed.context(room)["agreed"], "is_question": True}


def matters(room: SharedRoom) -> dict[str, object]:
    rows = canvas.expected(room.workshop.squad)
    ours = meeting.said_here(room)
    found = {finding.expectation_id: canvas.judged(finding) for finding in canvas.found(rows) if finding.pk in ours}
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    for opinion in Opinion.objects.filter(workshop=room.workshop, is_revealed=True):
        opinions[opinion.expectation_id].append(opinion)
    return {"matters": [Matter(row.text, meeting.tallied(opinions[row.pk]), found.get(row.pk)) for row in rows]}


def nothing(room: SharedRoom) -> dict[str, object]:
    return {}


STAGES: Mapping[str, Callable[[SharedRoom], dict[str, object]]] = {
    Stage.DELIVER: questions,
    Stage.CUSTOMERS: questions,
    Stage.EXPECTATIONS: questions,
    Stage.MEETING: matters,
}
