"""What the three stages of the board share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet
from django.forms import Form

from mdd.http import Request
from metrics.models import Metric
from workshops.forms.cards import RewordForm, ThrowForm
from workshops.models import Card, Stage
from workshops.rooms import Room


class Edited(NamedTuple):
    """The one card that is being worded anew."""

    pk: int
    form: Form


def apart(room: Room) -> dict[str, object]:
    """The group in which one sits, while it is apart."""
    mine = next((group for group in room.reading.groups if group.is_apart and group.has(room.me)), None)
    return {"mine_apart": mine}


def shown(request: Request, room: Room) -> QuerySet[Card]:
    """The cards that the actor may see, with what is written on them."""
    rows = Card.objects.visible_to(request.actor).filter(workshop=room.workshop)
    rows = rows.select_related("participant__user", "expectation__customer").prefetch_related("marks__other")
    return rows.order_by("pk")


def composer(room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    """The form that throws; None for those who only look. Before the meeting everybody may throw."""
    if not room.may_write or not room.workshop.is_open:
        return {"composer": None}
    stage = Stage.THROW if room.workshop.is_ahead else room.workshop.stage
    fresh = ThrowForm(squad=room.workshop.squad, initial={"seen": stage}, people=room.without_device, voice=room.voice)
    is_hiding = stage == Stage.THROW and not room.is_solo
    return {"composer": asked.get("throw", fresh), "is_hiding": is_hiding, "known_metrics": known_metrics(room)}


def known_metrics(room: Room) -> Sequence[str]:
    """What the squad's metrics ask and are called. None of a guest's business."""
    if not room.is_member:
        return []
    metrics = Metric.objects.filter(squad=room.workshop.squad).exclude(state=Metric.State.RETIRED)
    return sorted({words for pair in metrics.values_list("question", "name") for words in pair if words})


def edited(request: Request, room: Room, asked: Mapping[str, Form], cards: Sequence[Card]) -> Edited | None:
    """The card that the address names (?edit=7), or whose wording has to be asked for again."""
    for card in cards:
        if f"reword-{card.pk}" in asked:
            return Edited(card.pk, asked[f"reword-{card.pk}"])
        if str(card.pk) == request.GET.get("edit") and room.may_write:
            return Edited(card.pk, wording_of(card, room))
    return None


def wording_of(card: Card, room: Room) -> RewordForm:
    said = {"text": card.text, "kind": card.kind, "expectation": card.expectation_id}
    return RewordForm(squad=room.workshop.squad, initial=said)
