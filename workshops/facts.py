"""What is known about squads on their way round the loop. Four queries, however many squads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.aggregates import Aggregate

from mdd.models import Customer, Deliverable, Event, Expectation, Finding, Squad
from metrics.models import Goal, Metric, Reassessment, Rollup, Ruling, Tile
from workshops.models import Card, Workshop

MOVES = ("workshop-started", "stage-moved", "workshop-closed", "workshop-open")  # what tells where it stands
HEARD_OF = timedelta(days=35)  # how far back the last number is looked for


@dataclass(frozen=True)
class Facts:
    """One squad. `first` holds when it first had something of a kind, None where it never had.

    `workshop` is the latest one, with `waiting` survivors (`first_waiting` is one's key) and `adopted` cards; `moves`
    its events, oldest first.
    """

    squad: Squad
    now: datetime
    first: Mapping[str, datetime | None]
    workshop: Workshop | None = None
    waiting: int = 0
    first_waiting: int | None = None
    adopted: int = 0
    moves: Sequence[Event] = ()
    prompts: Sequence[Reassessment] = field(default=())


def facts_of(squads: QuerySet[Squad], now: datetime) -> list[Facts]:
    """The facts of these squads, in the order of the query set."""
    wanted = firsts(now)
    found = list(squads.annotate(**wanted))
    workshops = latest_workshops(found)
    moves = moves_of(list(workshops.values()))
    prompts = awake(found, now)
    return [
        Facts(
            squad=squad,
            now=now,
            first={name: getattr(squad, name) for name in wanted},
            prompts=prompts.get(squad.pk, ()),
            **(about(workshops[squad.pk], moves) if squad.pk in workshops else {}),
        )
        for squad in found
    ]


def about(workshop: Any, moves: Mapping[int, Sequence[Event]]) -> dict[str, Any]:
    return {
        "workshop": workshop,
        "waiting": workshop.waiting,
        "first_waiting": workshop.first_waiting,
        "adopted": workshop.adopted,
        "moves": moves.get(workshop.topic_id, ()),
    }


def firsts(now: datetime) -> dict[str, Subquery]:
    """When each kind of thing was there first; a ruling and a number: when last."""
    metrics = Metric.objects.exclude(state=Metric.State.RETIRED)
    rulings = Ruling.objects.all()
    numbers = Rollup.objects.filter(grain=Rollup.Grain.DAY, start__gt=now - HEARD_OF)
    return {
        "deliverable": of_squad(Deliverable.objects.in_force(), "squad", Min("agreed_at")),
        "customer": of_squad(Customer.objects.in_force(), "squad", Min("agreed_at")),
        "expectation": of_squad(Expectation.objects.in_force(), "squad", Min("agreed_at")),
        "finding": of_squad(Finding.objects.all(), "expectation__squad", Min("at")),
        "metric": of_squad(metrics, "squad", Min("created_at")),
        "goal": of_squad(Goal.objects.active(), "metric__squad", Min("set_at")),
        "tile": of_squad(Tile.objects.all(), "dashboard__squad", Min("added_at")),
        "asked": of_squad(rulings, "reassessment__squad", Max("reassessment__opened_at")),
        "ruling": of_squad(rulings, "reassessment__squad", Max("at")),
        "number": of_squad(numbers, "metric__squad", Max("taken_at")),
    }


def of_squad(rows: QuerySet[Any], squad: str, when: Aggregate) -> Subquery:
    ours = rows.filter(**{squad: OuterRef("pk")}).order_by().values(squad)
    return Subquery(ours.annotate(when=when).values("when"))


def latest_workshops(squads: Sequence[Squad]) -> dict[int, Workshop]:
    waits = Q(cards__state=Card.State.SURVIVED, cards__adoption=None)
    rows = Workshop.objects.whole().filter(squad__in=squads).order_by("squad", "-started_at", "-pk").distinct("squad")
    latest = Workshop.objects.filter(pk__in=rows.values("pk")).select_related("template")
    counted = latest.annotate(
        waiting=Count("cards", filter=waits),
        first_waiting=Min("cards", filter=waits),
        adopted=Count("cards__adoption"),
    )
    return {workshop.squad_id: workshop for workshop in counted}


def moves_of(workshops: Sequence[Workshop]) -> dict[int, list[Event]]:
    topics = [workshop.topic_id for workshop in workshops]
    events = Event.objects.filter(topic__in=topics, kind__in=MOVES).order_by("topic", "serial")
    return {topic: list(moved) for topic, moved in groupby(events, key=lambda event: event.topic_id)}


def awake(squads: Sequence[Squad], now: datetime) -> dict[int, list[Reassessment]]:
    """What wants a decision, the first due first; what is put off sleeps until a day of the squad's own."""
    rows = Reassessment.objects.filter(squad__in=squads).undecided().select_related("metric")
    today = {squad.pk: now.astimezone(squad.tz).date() for squad in squads}
    found: dict[int, list[Reassessment]] = {}
    for prompt in rows.order_by("due", "pk"):
        if prompt.snoozed_until is None or prompt.snoozed_until <= today[prompt.squad_id]:
            found.setdefault(prompt.squad_id, []).append(prompt)
    return found
