"""The last stage: which survivors are metrics by now, and which are still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Prefetch, QuerySet, When
from django.forms import Form
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mdd.http import Request
from metrics import words
from metrics.models import Goal, Metric
from workshops import focus, voices
from workshops.models import IN_PLAY, Adoption, Bucket, Card, Confidence, Decision
from workshops.rooms import Room

TO_ADOPT = (Card.State.SURVIVED,)
TO_ADOPT_ALONE = (Card.State.SURVIVED, Card.State.THROWN, Card.State.GROUPED)


@dataclass(frozen=True)
class Adopted:
    """A card that is a metric, and what its goal says; `waits` is why it has none in force."""

    card: Card
    metric: Metric
    goal: str
    waits: str


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    decision = focus.latest(room.workshop)
    cards = Card.objects.visible_to(request.actor).filter(workshop=room.workshop).select_related("bucket")
    aside = list(cards.exclude(state=Card.State.SURVIVED).order_by("reason", "pk"))
    unsettled = [card for card in aside if card.state in IN_PLAY and card.is_revealed]
    adopted = [told(adoption) for adoption in adoptions(request, room)]
    return {
        "to_adopt": list(to_adopt(cards, room, decision)),
        "adopted": [each for each in adopted if not each.waits],
        "waiting": [each for each in adopted if each.waits],
        "parked": [card for card in aside if card.state == Card.State.PARKED],
        "unsettled": 0 if room.is_solo else len(unsettled),
        "decision": decision,
        "dashboards": dashboards(request, room),
        "confidence": confidence(request, room),
        "may_act": room.may_adopt,
    }


def confidence(request: Request, room: Room) -> dict[str, object] | None:
    """What one has said of how sure one is; None for whom it is not asked."""
    if room.is_solo or not room.may_write or not room.workshop.is_open:
        return None
    mine = voices.own(room, request.actor, Confidence.objects.filter(workshop=room.workshop))
    return {"values": Confidence.Value.choices, "mine": mine[0].value if mine else None}


def to_adopt(cards: QuerySet[Card], room: Room, decision: Decision | None) -> QuerySet[Card]:
    """What survives, that of the main question first. Alone, everything that is not parked does."""
    states = TO_ADOPT_ALONE if room.is_solo else TO_ADOPT
    is_main = Case(When(bucket=decision.bucket_id if decision else None, then=0), default=1)
    return cards.filter(state__in=states, adoption=None).order_by(is_main, "bucket__position", "bucket", "pk")


def adoptions(request: Request, room: Room) -> QuerySet[Adoption]:
    goals = Prefetch("metric__goals", Goal.objects.exclude(state=Goal.State.ENDED), to_attr="current")
    rows = Adoption.objects.visible_to(request.actor).filter(card__workshop=room.workshop)
    return rows.select_related("card__bucket", "metric__owner").prefetch_related(goals).order_by("at", "pk")


def told(adoption: Adoption) -> Adopted:
    current: list[Goal] = getattr(adoption.metric, "current", [])
    goal = next(iter(sorted(current, key=lambda each: each.state)), None)
    said = f"{words.aim(goal, adoption.metric)}, {date_format(goal.due, _('j M Y'))}" if goal else ""
    waits = _("no goal yet") if goal is None else ""
    if goal and goal.state == Goal.State.DRAFT:
        waits = _("starts once it is measured")
    return Adopted(adoption.card, adoption.metric, said, waits)


def dashboards(request: Request, room: Room) -> QuerySet[Bucket]:
    """The buckets that have become dashboards."""
    rows = Bucket.objects.visible_to(request.actor).filter(workshop=room.workshop, dashboard__isnull=False)
    return rows.select_related("dashboard")
