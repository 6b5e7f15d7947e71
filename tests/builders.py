"""Things a test needs but is not about. What is not said is made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from mdd.models import Customer, Deliverable, Expectation, Membership, Role, Squad, User
from metrics import hand
from metrics.models import Dashboard, Delivery, Goal, Metric, Query, Reassessment, Source
from workshops.actions import workshops
from workshops.models import Answer, Card, Participant, Workshop

numbers = count(1)


def make_user(*, name: str = "Somebody", **fields: Any) -> User:
    number = next(numbers)
    return User.objects.create_user(f"{slugify(name)}{number}@example.org", name=name, **fields)


def make_squad(*, name: str = "Squad", zone: str = "Europe/Stockholm", **fields: Any) -> Squad:
    return Squad.objects.create(name=name, slug=f"{slugify(name)}-{next(numbers)}", zone=zone, **fields)


def make_member(squad: Squad, role: Role = Role.MEMBER, **fields: Any) -> User:
    user = make_user(**fields)
    Membership.objects.create(user=user, squad=squad, role=role)
    return user


def make_expectation(squad: Squad, by: User, *, text: str = "Answers within a day") -> Expectation:
    deliverable = Deliverable.objects.create(squad=squad, text="The help desk", by=by)
    customer = Customer.objects.create(squad=squad, text="Callers", by=by)
    customer.deliverables.add(deliverable)
    return Expectation.objects.create(
        squad=squad, text=text, customer=customer, deliverable=deliverable, kind=Expectation.Kind.TIME, by=by
    )


def make_source(**fields: Any) -> Source:
    config = {"host": "127.0.0.1", "port": 1, "dbname": "flights", "user": "reader", "sslmode": "disable"}
    fields = {"name": f"Source {next(numbers)}", "kind": "postgres", "is_for_all": True, "config": config} | fields
    return Source.objects.create(**fields)


def make_query(squad: Squad, source: Source | None = None, **fields: Any) -> Query:
    fields = {"text": "select 1 as value", "cadence": "hour", "next_slot": datetime(2026, 3, 1, tzinfo=UTC)} | fields
    return Query.objects.create(squad=squad, source=source or make_source(), **fields)


def make_metric(squad: Squad, **fields: Any) -> Metric:
    """A gauge fed by hand every day, unless the fields say otherwise."""
    fields = {
        "question": "How long do callers wait?",
        "name": "Wait",
        "unit": "min",
        "direction": "down",
        "instrument": "gauge",
        "statistic": "last",
        "definition": "Minutes until somebody answers.",
        "owner": fields.get("owner") or make_member(squad),
        "state": "active",
    } | fields
    if "query" not in fields:
        fields.setdefault("hand_cadence", "day")
    else:
        fields.setdefault("column", "value")
    return Metric.objects.create(squad=squad, **fields)


def make_goal(metric: Metric, **fields: Any) -> Goal:
    today = datetime.now(tz=metric.zone).date()
    fields = {
        "form": "reach",
        "baseline": 10.0,
        "target": 5.0,
        "start": today - timedelta(days=30),
        "due": today + timedelta(days=60),
        "if_wrong": "ask the desk why",
    } | fields
    return Goal.objects.create(metric=metric, **fields)


def make_dashboard(squad: Squad, **fields: Any) -> Dashboard:
    fields = {"question": "Do callers get answers?", "bucket": "Usage", "owner": make_member(squad)} | fields
    return Dashboard.objects.create(squad=squad, **fields)


def make_delivery(metric: Metric, **fields: Any) -> Delivery:
    """A mail to the metric's owner that asks for yesterday."""
    now = timezone.now()
    wanted = {
        "user": metric.owner,
        "week": now.date(),
        "slot": hand.slot_before(metric, now),
        "due_at": now,
        "expires_at": now + timedelta(days=14),
    } | fields
    return Delivery.objects.create(metric=metric, **wanted)


def make_participant(workshop: Workshop, user: User) -> Participant:
    return Participant.objects.get_or_create(workshop=workshop, user=user)[0]


def make_answer(workshop: Workshop, by: User, *, text: str, **fields: Any) -> Answer:
    fields = {"stage": workshop.stage} | fields
    return Answer.objects.create(workshop=workshop, participant=make_participant(workshop, by), text=text, **fields)


def make_card(squad: Squad, by: User, **fields: Any) -> Card:
    """A survivor in a workshop of its own, unless the fields say otherwise."""
    workshop = fields.pop("workshop", None) or workshops.start(squad, title="Spring", path="whole", by=by)
    participant = workshops.join(workshop, user=by)
    fields = {"text": "How long do callers wait?", "state": "survived", "is_revealed": True} | fields
    return Card.objects.create(workshop=workshop, participant=participant, **fields)


def make_prompt(squad: Squad, **fields: Any) -> Reassessment:
    fields = {
        "trigger": "due",
        "occasion": f"occasion {next(numbers)}",
        "subject": "metrics.goal:1",
        "title": "“Wait” missed its goal",
        "due": datetime.now(tz=squad.tz).date() + timedelta(days=3),
    } | fields
    return Reassessment.objects.create(squad=squad, **fields)
