"""Who decides prompts, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from mdd.models import Membership, Role, Squad, User
from metrics import facts, triggers
from metrics.models import Dashboard, Goal, Reassessment, Ruling
from metrics.models.reassessments import ReassessmentQuerySet
from metrics.triggers import Words

DECIDERS = (Role.LEAD, Role.ADMIN)
LATELY = timedelta(days=14)
MOST = 200


def may_decide(role: str | None) -> bool:
    """Leads decide, and admins, so that a squad without a lead is not stuck."""
    return role in DECIDERS


@dataclass(frozen=True)
class Row:
    """A prompt in one line."""

    prompt: Reassessment
    label: Words
    sentence: str
    today: date

    @property
    def ruling(self) -> Ruling | None:
        return getattr(self.prompt, "ruling", None)

    @property
    def decided(self) -> Words:
        return triggers.decided(self.prompt.trigger, self.ruling.decision) if self.ruling else ""

    @property
    def is_overdue(self) -> bool:
        return self.ruling is None and not self.sleeps and self.prompt.due < self.today

    @property
    def sleeps(self) -> bool:
        return self.prompt.snoozed_until is not None and self.prompt.snoozed_until > self.today


@dataclass(frozen=True)
class Inbox:
    """What waits for a decision, the overdue first, and what was decided lately."""

    overdue: Sequence[Row]
    due: Sequence[Row]
    waiting: Sequence[Row]
    decided: Sequence[Row]

    @property
    def awake(self) -> int:
        return len(self.overdue) + len(self.due)


def inbox_of(user: User, now: datetime) -> Inbox:
    """What waits in all squads in which one decides. One query."""
    return grouped(Reassessment.objects.filter(decided_by(user)), now)


def squads_of(user: User) -> tuple[list[Squad], list[Squad]]:
    """The squads in which one decides, and the others that one is in."""
    places = list(Membership.objects.filter(user=user).select_related("squad").order_by("squad__name"))
    mine = [place.squad for place in places if may_decide(place.role)]
    return mine, [place.squad for place in places if not may_decide(place.role)]


def decided_by(user: User) -> Q:
    return Q(squad__memberships__user=user, squad__memberships__role__in=DECIDERS)


def grouped(prompts: ReassessmentQuerySet, now: datetime) -> Inbox:
    shown = prompts.filter(Q(ruling=None) | Q(ruling__at__gt=now - LATELY)).select_related("squad", "ruling__by")
    rows = [row_of(prompt, now) for prompt in shown.order_by("due", "opened_at", "pk")[:MOST]]
    asked = [row for row in rows if row.ruling is None]
    return Inbox(
        overdue=[row for row in asked if row.is_overdue],
        due=[row for row in asked if not row.is_overdue and not row.sleeps],
        waiting=[row for row in asked if row.sleeps],
        decided=sorted((row for row in rows if row.ruling), key=lambda row: row.prompt.ruling.at, reverse=True),
    )


def row_of(prompt: Reassessment, now: datetime) -> Row:
    today = now.astimezone(prompt.squad.tz).date()
    return Row(prompt, triggers.label_of(prompt.trigger), facts.sentence_of(prompt), today)


def next_review(squads: Iterable[Squad], now: datetime) -> date | None:
    """The next day on which something of these squads wants to be looked at again. Three queries."""
    ids, today = [squad.pk for squad in squads], now.date()
    days = [
        earliest(Goal.objects.active().filter(metric__squad__in=ids, review_date__gt=today), "review_date"),
        earliest(Dashboard.objects.filter(squad__in=ids, review_date__gt=today), "review_date"),
        earliest(Ruling.objects.in_force().filter(reassessment__squad__in=ids, next_review__gt=today), "next_review"),
    ]
    return min((day for day in days if day), default=None)


def earliest(rows: QuerySet[Any], field: str) -> date | None:
    found: date | None = rows.aggregate(day=Min(field))["day"]
    return found
