"""The room for a wall: what everybody may see, large, with nobody's own things, whoever has opened it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mdd import live
from mdd.http import Request
from workshops import canvas
from workshops.models import Bucket, Card, Opinion, Stage
from workshops.pages import agreed, lobby, meeting
from workshops.parts import Audience, SharedRoom
from workshops.rooms import Room
from workshops.stages import shared
from workshops.titles import TITLES

CARDS = {True: 24, False: 5}  # that fit, of those that lie loose and in each bucket


@dataclass(frozen=True)
class Place:
    """A bucket, or what lies loose (no title): the cards that fit, and how many do not."""

    title: str
    question: str
    cards: Sequence[Card]
    more: int


@dataclass(frozen=True)
class Matter:
    """An expectation, the opinions that are revealed, and what this workshop has found."""

    text: str
    tallies: Sequence[meeting.Tally]
    found: canvas.Answer | None


def show(request: Request, room: Room) -> HttpResponse:
    wall = SharedRoom.of(room.workshop, Audience.LOOK)
    context = {
        "room": wall,
        "workshop": room.workshop,
        "title": TITLES[room.workshop.stage],
        "parts": shared(request, wall),
        "person_key": live.key_of(request.actor),
        "way_in": lobby.way_in(request, room),
        "now": timezone.now(),
    }
    return render(request, "workshops/wall.html", context | STAGES.get(room.workshop.stage, board)(wall))


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


def board(room: SharedRoom) -> dict[str, object]:
    lying: dict[int | None, list[Card]] = defaultdict(list)
    cards = Card.objects.on_board().filter(workshop=room.workshop)
    for card in cards.filter(is_revealed=True).order_by("pk"):
        lying[card.bucket_id].append(card)
    buckets = [place(lying[row.pk], row) for row in Bucket.objects.filter(workshop=room.workshop) if lying[row.pk]]
    hidden = cards.filter(is_revealed=False).count()
    return {"buckets": buckets, "loose": place(lying[None], None), "lying": len(lying[None]), "hidden": hidden}


def place(cards: Sequence[Card], bucket: Bucket | None) -> Place:
    fits = CARDS[bucket is None]
    title, question = (bucket.title, bucket.question) if bucket else ("", "")
    return Place(title, question, cards[:fits], max(len(cards) - fits, 0))


STAGES: Mapping[str, Callable[[SharedRoom], dict[str, object]]] = {
    Stage.DELIVER: questions,
    Stage.CUSTOMERS: questions,
    Stage.EXPECTATIONS: questions,
    Stage.MEETING: matters,
}
