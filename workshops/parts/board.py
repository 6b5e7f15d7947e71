"""The board while cards are thrown and grouped: what lies face up, and the buckets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.forms import Form
from django.template.loader import render_to_string
from django.utils.translation import get_language

from mdd.live.feeds import Group, Groups
from workshops import seats
from workshops.actions import anonymity
from workshops.faces import Face
from workshops.forms.buckets import TitleForm
from workshops.models import Bucket, Card

from .shared import SharedRoom

STRANDS = 12
KEPT = 4096  # notes that are drawn once: of three hundred cards an event changes a few


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
    return {"thrown": notes(cards, may_hold=False)} | room.part("thrown-told", count=len(cards))


def face_down(room: SharedRoom) -> Groups:
    count = room.reading.face_down
    hidden = Card.objects.filter(workshop=room.workshop, is_revealed=False)
    doubt = anonymity.warning(anonymity.few(room.workshop, hidden)) if room.is_facilitator and count else ""
    strands = range(min(count, STRANDS))
    may_reveal = room.is_facilitator and room.workshop.is_open
    told = {"hidden": count, "strands": strands, "doubt": doubt, "may_reveal": may_reveal}
    return room.part("face-down-cards", **told)


def loose(room: SharedRoom) -> Groups:
    cards = lying(room)[None]
    return {"loose": notes(cards, may_hold=room.may_arrange)} | room.part("loose-told", count=len(cards))


def buckets(room: SharedRoom) -> Groups:
    """The buckets, each with the list of its cards as a group of its own."""
    places = lying(room)
    lists = {f"bucket-{row.pk}-cards": notes(places[row.pk], may_hold=room.may_arrange) for row in room.reading.buckets}
    frames = {f"bucket-{row.pk}": bucket(room, row, len(places[row.pk])) for row in room.reading.buckets}
    return {"buckets": frames, **lists}


def bucket(room: SharedRoom, row: Bucket, count: int) -> str:
    others = [other for other in room.reading.buckets if other.pk != row.pk]
    cards = seats.of_list(f"bucket-{row.pk}-cards")
    return room.drawn("bucket", bucket=row, count=count, cards=cards, others=others, titling=titling(room, row))


def titling(room: SharedRoom, row: Bucket) -> Form:
    return room.asked.get(f"rename-{row.pk}") or TitleForm(initial={"title": row.title})


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
