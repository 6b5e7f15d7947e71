"""What is worth a smile, and true: a goal that was met, a card of a year ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from mdd.actors import Actor
from mdd.models import Squad
from metrics.models import Goal
from metrics.standing import Standing
from metrics.status import Status
from workshops.models import Adoption, Card

YEAR, WEEK = timedelta(days=365), timedelta(days=7)
SHOWN = 2


@dataclass(frozen=True)
class Memory:
    """One sentence about `text`, which leads to `url`, and how that came about."""

    title: str
    text: str
    url: str
    note: str


def memories_of(squad: Squad, actor: Actor, standings: Sequence[Standing], now: datetime) -> list[Memory]:
    return [*goals_met(actor, standings), *a_year_ago(squad, actor, now)]


def goals_met(actor: Actor, standings: Sequence[Standing]) -> list[Memory]:
    """The goals that were reached, each with the card it began as. What only has to be kept is met every day."""
    met = [each.metric for each in standings if each.status == Status.MET and each.goal and is_to_reach(each.goal)]
    if not met:
        return []
    rows = Adoption.objects.visible_to(actor).filter(metric__in=met[:SHOWN], card__is_revealed=True)
    began = {row.metric_id: row.card for row in rows.select_related("card__participant__user", "card__workshop")}
    return [
        Memory(_("Met"), metric.question, metric.get_absolute_url(), beginning(began.get(metric.pk)))
        for metric in met[:SHOWN]
    ]


def is_to_reach(goal: Goal) -> bool:
    return goal.form == Goal.Form.REACH


def beginning(card: Card | None) -> str:
    if card is None:
        return ""
    if card.participant is None:
        return _("It began as a card in “%(workshop)s”.") % {"workshop": card.workshop.title}
    said = {"name": card.participant.short_name, "workshop": card.workshop.title}
    return _("It began as a card by %(name)s in “%(workshop)s”.") % said


def a_year_ago(squad: Squad, actor: Actor, now: datetime) -> list[Memory]:
    """One's own card that is nearest to a year old, within a week."""
    then = (now - YEAR - WEEK, now - YEAR + WEEK)
    rows = Card.objects.of(actor).filter(workshop__squad=squad, workshop__parent=None, at__range=then)
    cards = list(rows.select_related("workshop", "adoption__metric"))
    nearest = min(cards, key=lambda card: abs(now - YEAR - card.at), default=None)
    if nearest is None:
        return []
    return [Memory(_("A year ago you threw this card"), nearest.text, page_of(nearest), since(nearest))]


def page_of(card: Card) -> str:
    return card.adoption.metric.get_absolute_url() if hasattr(card, "adoption") else card.workshop.get_absolute_url()


def since(card: Card) -> str:
    if hasattr(card, "adoption"):
        return _("It is a metric now.")
    if card.state == Card.State.PARKED:
        return _("It is parked: %(reason)s.") % {"reason": card.get_reason_display()}
    return ""
