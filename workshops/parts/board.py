"""The board while cards are thrown and grouped: what lies face up, and the buckets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.forms import Form
from django.template.loader import render_to_string
from django.utils.translation import get_language

from mdd.live.feeds import Group, Groups
from workshops import seats
from workshops.actions import anonymity
from workshops.faces import Face
from workshops.forms.buckets import TitleForm
from workshops.models import Bucket, Card
from workshops.readings import Reading

from . import bar
from .shared import SharedRoom

STRANDS = 12
KEPT = 4096  # notes that are drawn once: of three hundred cards an event changes a few


class Named(NamedTuple):
    """A bucket as its frame and those of the others name it."""

    pk: int
    title: str


class Frame(NamedTuple):
    """What stands around the cards of a bucket. Two that are equal are drawn alike."""

    bucket: Named
    size: int
    others: tuple[Named, ...]
    workshop: int
    may_arrange: bool


@lru_cache(maxsize=KEPT)
def note(card: Face, language: str | None, *, may_hold: bool) -> str:
    return render_to_string("workshops/parts/note.html", {"card": card, "may_hold": may_hold}).strip()


def notes(cards: Iterable[Face], *, may_hold: bool) -> Group:
    language = get_language()
    return {f"card-{card.pk}": note(card, language, may_hold=may_hold) for card in cards}


def lying(room: SharedRoom) -> Mapping[int | None, Sequence[Face]]:
    """The cards that are not parked, by their bucket; None holds the loose ones."""
    places: dict[int | None, list[Face]] = defaultdict(list)
    for card in room.reading.cards:
        if not card.is_parked:
            places[card.bucket_id].append(card)
    return places


def thrown(room: SharedRoom) -> Groups:
    cards = [card for card in reversed(room.reading.cards) if not card.is_parked]
    told = {"count": len(cards), "hidden": room.reading.face_down}
    return {"thrown": notes(cards, may_hold=False)} | room.part("thrown-told", **told)


def face_down(room: SharedRoom) -> Groups:
    told = told_of_face_down(room.reading, is_facilitator=room.is_facilitator)
    return room.part("face-down-cards", **told) | bar.next_stage(room)


def told_of_face_down(reading: Reading, *, is_facilitator: bool) -> dict[str, Any]:
    """How many cards lie face down, and to who facilitates what revealing them would give away."""
    count, workshop = reading.face_down, reading.workshop
    hidden = Card.objects.filter(workshop=workshop, is_revealed=False)
    doubt = anonymity.warning(anonymity.few(workshop, hidden)) if is_facilitator and count else ""
    may_reveal = is_facilitator and workshop.is_open
    return {"hidden": count, "strands": range(min(count, STRANDS)), "doubt": doubt, "may_reveal": may_reveal}


def loose(room: SharedRoom) -> Groups:
    cards = lying(room)[None]
    told = {"count": len(cards)}
    listed = {"loose": notes(cards, may_hold=room.may_arrange)}
    return listed | room.part("loose-told", **told) | room.part("loose-size", **told)


def buckets(room: SharedRoom) -> Groups:
    """The buckets, each with the list of its cards as a group of its own."""
    places = lying(room)
    lists = {f"bucket-{row.pk}-cards": notes(places[row.pk], may_hold=room.may_arrange) for row in room.reading.buckets}
    frames = {f"bucket-{row.pk}": bucket(room, row, len(places[row.pk])) for row in room.reading.buckets}
    return {"buckets": frames, **lists}


def bucket(room: SharedRoom, row: Bucket, count: int) -> str:
    others = tuple(Named(other.pk, other.title) for other in room.reading.buckets if other.pk != row.pk)
    seen = Frame(Named(row.pk, row.title), count, others, room.workshop.pk, room.may_arrange)
    titling = room.asked.get(f"rename-{row.pk}")
    return framed(seen, titling) if titling else frame(seen, get_language())


@lru_cache(maxsize=KEPT)
def frame(seen: Frame, language: str | None) -> str:
    return framed(seen, TitleForm(initial={"title": seen.bucket.title}))


def framed(seen: Frame, titling: Form) -> str:
    cards = seats.of_list(f"bucket-{seen.bucket.pk}-cards")
    told = {**seen._asdict(), "count": seen.size, "cards": cards, "titling": titling, "csrf_token": seats.CSRF}
    return render_to_string("workshops/parts/bucket.html", told).strip()


def hand_places(room: SharedRoom) -> Groups:
    return room.part("hand-places", buckets=room.reading.buckets)


def tray(room: SharedRoom) -> Groups:
    parked = [card for card in room.reading.cards if card.is_parked]
    rows = {f"parked-{card.pk}": room.drawn("parked", card=card) for card in parked}
    seat = seats.of_list("tray-cards")
    return room.part("tray", count=len(parked), cards=seat) | {"tray-cards": rows}


THROWN = {"thrown": thrown, "face-down-cards": face_down, "tray": tray}
GROUPED = {
    "face-down-cards": face_down,
    "loose": loose,
    "buckets": buckets,
    "hand-places": hand_places,
    "tray": tray,
}
