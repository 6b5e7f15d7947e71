"""Whom to ask for which number this week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import F, QuerySet

from mdd.models import Squad
from mdd.models.people import WRITERS
from metrics import hand
from metrics.hand import Ask
from metrics.models import Delivery, Metric, Sample
from metrics.slots import DAY, Cadence, slot_at

AT = time(8)
LATE = DAY  # how long after the hour a week's mails may still be planned; a machine may have been off
VALID = timedelta(days=14)


def plan(now: datetime) -> int:
    """Write down the mails of squads whose week has begun; answers how many were wanted. Twice at once is once."""
    wanted = [delivery for squad in squads_at_work(now) for delivery in of_squad(squad, now)]
    Delivery.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


def squads_at_work(now: datetime) -> Iterator[Squad]:
    """Squads for which it is the first day of their week, from eight in the morning by their clock."""
    fed = Metric.objects.filter(query=None, state__in=hand.IN_USE)
    for squad in Squad.objects.filter(metrics__in=fed).distinct().order_by("pk"):
        begun = hour_of_asking(squad, now)
        if begun <= now < begun + LATE:
            yield squad


def week_of(squad: Squad, now: datetime) -> datetime:
    return slot_at(now, Cadence.WEEK, squad.tz, squad.week_start)


def hour_of_asking(squad: Squad, now: datetime) -> datetime:
    return datetime.combine(week_of(squad, now).astimezone(squad.tz).date(), AT, squad.tz)


def of_squad(squad: Squad, now: datetime) -> Iterator[Delivery]:
    """The slots are those before the week began, so that what is asked stays the same however late it is planned."""
    week = week_of(squad, now)
    asked = askable().filter(squad=squad, created_at__lt=week)
    for ask in hand.asks(asked, week):
        if ask.is_missing:
            yield delivery(ask, week.astimezone(squad.tz), now)


def is_needed(delivery: Delivery) -> bool:
    """Whether the value is still missing, and its owner is still who is asked."""
    if Sample.objects.filter(metric=delivery.metric_id, segment="", at=delivery.slot).exists():
        return False
    return askable().filter(pk=delivery.metric_id, owner=delivery.user_id).exists()


def askable() -> QuerySet[Metric]:
    """Metrics by hand whose owner writes in the squad and wants to be asked."""
    return hand.fed_by_hand().filter(
        owner__is_active=True,
        owner__memberships__squad=F("squad"),
        owner__memberships__role__in=WRITERS,
        owner__memberships__is_asked_by_mail=True,
    )


def delivery(ask: Ask, week: datetime, now: datetime) -> Delivery:
    return Delivery(
        user=ask.metric.owner,
        metric=ask.metric,
        week=week.date(),
        slot=ask.slot,
        due_at=now,
        expires_at=now + VALID,
    )
