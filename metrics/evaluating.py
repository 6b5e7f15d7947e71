"""Looks at every metric now and then, and raises what asks to be reassessed. Run by beat, never by a page.

Any number of evaluators at once: a metric is held while it is looked at, the others pass over it, and one occasion is
one prompt for ever (the database holds it).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from metrics import facts, tiles, triggers
from metrics.actions import goals
from metrics.models import Metric, Reassessment
from metrics.triggers import Finding, Trigger

log = logging.getLogger(__name__)

AT_ONCE = 100
AGAIN = timedelta(hours=1)  # time alone changes a standing: days end, answers grow old
TO_DECIDE = timedelta(days=7)

Found = tuple[Trigger, Finding]


def evaluate(now: datetime) -> int:
    """Look at what changed or was not looked at for an hour; answer how many metrics that were."""
    looked = 0
    while some := evaluate_some(now):
        looked += some
    find(now)
    return looked


@transaction.atomic
def evaluate_some(now: datetime) -> int:
    """Ten queries for a hundred metrics with something to raise, eight where there is nothing."""
    held = due(now).select_for_update(no_key=True, skip_locked=True)
    ids = list(held.values_list("pk", flat=True)[:AT_ONCE])
    look_at(ids, now)
    Metric.objects.filter(pk__in=ids).update(evaluated_at=Greatest(now, F("changed_at")))
    return len(ids)


def look_at(ids: Sequence[int], now: datetime) -> None:
    """Raise what these metrics ask for. One that we stumble over is logged, and keeps nobody from the others."""
    try:
        with transaction.atomic():
            look(Metric.objects.filter(pk__in=ids), now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if len(ids) == 1:
            log.exception("Metric %s could not be looked at", *ids)
            return
        for each in ids:
            look_at([each], now)


def look(metrics: QuerySet[Metric], now: datetime) -> None:
    goals.start_those_measured(metrics, now=now)
    standings = tiles.standings(metrics, now)
    raise_prompts(
        [
            (trigger, finding)
            for trigger in triggers.registered.values()
            for standing in standings
            for finding in trigger.look(standing)
        ],
        now,
    )


def due(now: datetime) -> QuerySet[Metric]:
    """Those in use that are new, have changed since, or were looked at more than an hour ago."""
    is_old = Q(evaluated_at=None) | Q(evaluated_at__lt=F("changed_at")) | Q(evaluated_at__lt=now - AGAIN)
    return Metric.objects.filter(is_old).exclude(state=Metric.State.RETIRED).order_by("pk")


@transaction.atomic
def find(now: datetime) -> None:
    raise_prompts(
        [(trigger, finding) for trigger in triggers.registered.values() for finding in trigger.find(now)], now
    )


def raise_prompts(found: Sequence[Found], now: datetime) -> None:
    """Write down what is new. A second evaluator that finds the same writes nothing."""
    fresh = with_standings(unasked(found, now), now)
    Reassessment.objects.bulk_create([prompt(trigger, each, now) for trigger, each in fresh], ignore_conflicts=True)


def unasked(found: Sequence[Found], now: datetime) -> list[Found]:
    """Leave out what is asked already, what is about the same thing, and what was kept until a later day."""
    if not found:
        return []
    asked = Reassessment.objects.filter(subject__in={each.subject for _, each in found}).select_related("ruling")
    newest = {(prompt.trigger, prompt.subject): prompt for prompt in asked.order_by("opened_at", "pk")}
    fresh = {
        (trigger.key, each.subject): (trigger, each)
        for trigger, each in found
        if is_new(each, newest.get((trigger.key, each.subject)), today_in(each, now))
    }
    return list(fresh.values())


def is_new(finding: Finding, last: Reassessment | None, today: date) -> bool:
    if last is None:
        return True
    ruling = getattr(last, "ruling", None)
    if ruling is None or last.occasion == finding.occasion:
        return False
    if ruling.next_review and ruling.next_review > today:
        return False
    return finding.since is None or last.opened_at.astimezone(finding.squad.tz).date() < finding.since


def today_in(finding: Finding, now: datetime) -> date:
    return now.astimezone(finding.squad.tz).date()


def with_standings(found: Iterable[Found], now: datetime) -> list[Found]:
    """What was found without looking at a metric is given how it stands. Three queries, where there is any."""
    found = list(found)
    wanted = {each.metric.pk for _, each in found if each.metric and not each.standing}
    if not wanted:
        return found
    loaded = {each.metric.pk: each for each in tiles.standings(Metric.objects.filter(pk__in=wanted), now)}
    return [
        (trigger, replace(each, standing=loaded[each.metric.pk]) if each.metric and not each.standing else each)
        for trigger, each in found
    ]


def prompt(trigger: Trigger, finding: Finding, now: datetime) -> Reassessment:
    return Reassessment(
        squad=finding.squad,
        metric=finding.metric,
        trigger=trigger.key,
        occasion=finding.occasion,
        subject=finding.subject,
        title=finding.title,
        facts=facts.of(finding.standing, finding.says),
        opened_at=now,
        due=today_in(finding, now) + TO_DECIDE,
    )
