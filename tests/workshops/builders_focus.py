"""Workshops that have come to focus and wrap-up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import goals
from metrics.actions import metrics as definitions
from workshops.actions import adopting, focus, workshops
from workshops.actions.adopting import Plan
from workshops.actions.focus import Choice
from workshops.models import Adoption, Bucket, Card, Decision, Participant, Workshop


def today() -> date:
    """The day it is in Stockholm, where squads of tests live."""
    return timezone.now().astimezone(ZoneInfo("Europe/Stockholm")).date()


def make_workshop(squad: Squad, by: User, *, stage: str = "focus", path: str = "whole") -> Workshop:
    workshop = workshops.start(squad, title="Spring round", path=path, by=by)
    workshop.stage = stage
    workshop.save(update_fields=["stage"])
    return workshop


def take_part(workshop: Workshop, user: User) -> Participant:
    return workshops.join(workshop, user=user)


def make_bucket(workshop: Workshop, **fields: Any) -> Bucket:
    """A bucket that can be chosen, once it holds a survivor."""
    wanted = {"title": "Answers", "question": "Do callers get answers?", "if_rises": "thank the desk", "position": 9}
    return Bucket.objects.create(workshop=workshop, **(wanted | fields))


def make_card(workshop: Workshop, **fields: Any) -> Card:
    """A revealed survivor."""
    by = fields.pop("by", None) or Participant.objects.filter(workshop=workshop).order_by("pk")[0]
    wanted = {"text": "How long do callers wait?", "state": "survived", "is_revealed": True, "participant": by}
    return Card.objects.create(workshop=workshop, **(wanted | fields))


def make_finalists(workshop: Workshop, count: int = 2) -> list[Bucket]:
    """Buckets with a survivor each."""
    buckets = [make_bucket(workshop, title=f"Bucket {number}", position=10 + number) for number in range(count)]
    for bucket in buckets:
        make_card(workshop, bucket=bucket)
    return buckets


def choice(**fields: Any) -> Choice:
    wanted: dict[str, Any] = {
        "guardrail": "Nobody is cut off",
        "gaming": "Hang up early",
        "dissent": "",
        "review_date": today() + timedelta(days=90),
    }
    return Choice(**(wanted | fields))


def decide(bucket: Bucket, by: Participant, *, seen: int = 0, **fields: Any) -> Decision:
    return focus.decide(bucket, choice=choice(**fields), about=bucket.stamp, seen=seen, by=by, operation=uuid4())


def goal_plan(**fields: Any) -> goals.Plan:
    wanted: dict[str, Any] = {
        "form": "reach",
        "target": 5.0,
        "start": today(),
        "due": today() + timedelta(days=90),
        "if_wrong": "ask the desk why",
    }
    return goals.Plan(**(wanted | fields))


def plan(owner: User, goal: goals.Plan | None = None, **fields: Any) -> Plan:
    """A gauge by hand every day, with a goal to reach that nobody has measured yet."""
    wanted: dict[str, Any] = {
        "question": "How long do callers wait?",
        "name": "Wait",
        "direction": "down",
        "instrument": "gauge",
        "statistic": "last",
        "owner": owner,
        "definition": "Minutes until somebody answers.",
        "hand_cadence": "day",
    }
    return Plan(definitions.Plan(**(wanted | fields)), goal or goal_plan())


def adopt(card: Card, by: Participant, **fields: Any) -> Adoption:
    return adopting.adopt(card, plan=plan(by.member, **fields), by=by, operation=uuid4())


def typed(owner: User, **fields: Any) -> dict[str, object]:
    """What a form of an adoption sends."""
    return {
        "operation": uuid4(),
        "owner": owner.pk,
        "feed": "day",
        "direction": "down",
        "target": 5,
        "due": today() + timedelta(days=90),
        "if_wrong": "ask the desk why",
        "reading": "gauge:last",
        "definition": "Minutes until somebody answers.",
        "aim": "reach",
        "start": today(),
        "cadence": "hour",
        "column": "value",
    } | fields
