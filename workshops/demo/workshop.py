"""How the demo's squad came to its metrics: a workshop, made while loading, so all of its times are those of loading.

Only what leads somewhere is made: no votes, and no talk that nobody had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

from django.db.models import Model

from mdd.models import Customer, Deliverable, Expectation, Finding, Squad, User
from metrics.models import Dashboard, Metric, Tile
from workshops.actions import agreements, workshops
from workshops.demo.catalogue import ENTRIES, Entry
from workshops.models import Adoption, Bucket, Card, Decision, Participant, Reason, Stage, Workshop

TITLE = "How it began (made up for this demo)"
LATER = timedelta(days=56)


@dataclass(frozen=True)
class Thrown:
    """A card that was parked."""

    by: str
    text: str
    kind: Card.Kind
    reason: Reason


PARKED = (
    Thrown("Jon", "How many suitcases do not come along?", Card.Kind.QUESTION, Reason.NOT_MEASURABLE),
    Thrown("Sam", "Will there be snow in February?", Card.Kind.QUESTION, Reason.NO_INFLUENCE),
    Thrown("Mia", "Do people get there on time?", Card.Kind.QUESTION, Reason.DUPLICATE),
    Thrown("Sam", "Minutes a crew waits for its gate", Card.Kind.METRIC, Reason.LATER),
    Thrown("Ada", "The day’s first delay decides how the evening goes", Card.Kind.HUNCH, Reason.NO_DECISION),
    Thrown("Jon", "Flights pushed back on the minute, doors closed or not", Card.Kind.METRIC, Reason.GAMING),
)
MAIN = "Business Performance"
FINALISTS = {
    "Business Performance": ("publish how we did it, and raise the target", "take the worst three airlines to lunch"),
    "System Health": ("keep the plan and spare the gates", "open the storm plan a day earlier"),
    "Usage": ("ask for one more evening runway slot", "offer the airlines the quiet hours"),
}


def begin(squad: Squad, *, by: User) -> Workshop:
    """Begin before the squad has said anything, so that what it says then was said here first."""
    return workshops.start(squad, title=TITLE, path="whole", by=by)


def hold(
    workshop: Workshop, expectations: Mapping[str, Expectation], cast: Mapping[str, User], today: date
) -> Workshop:
    """Hold the workshop that the squad's metrics lead back to. They and their dashboards are there already."""
    places = {name: workshops.join(workshop, user=user) for name, user in cast.items()}
    say(workshop, places["Mia"])
    walk(workshop, places["Mia"], to=Stage.WRAP_UP)
    buckets = phrase(workshop)
    survive(workshop, buckets, expectations, places)
    park(workshop, places, until=today + LATER)
    decide(workshop, buckets[MAIN], by=cast["Mia"], review_date=today + LATER)
    workshops.change_state(workshop, to=Workshop.State.CLOSED, by=places["Mia"], operation=uuid4())
    return workshop


def say(workshop: Workshop, by: Participant) -> None:
    """The squad's statements are what this workshop agreed on."""
    squad = workshop.squad
    said: dict[Stage, Iterable[Model]] = {
        Stage.DELIVER: Deliverable.objects.filter(squad=squad).order_by("pk"),
        Stage.CUSTOMERS: Customer.objects.filter(squad=squad).order_by("pk"),
        Stage.EXPECTATIONS: Expectation.objects.filter(squad=squad).order_by("pk"),
        Stage.MEETING: Finding.objects.filter(expectation__squad=squad).order_by("pk"),
    }
    for stage, statements in said.items():
        for statement in statements:
            agreements.kept(workshop, stage, statement, by)


def walk(workshop: Workshop, leader: Participant, *, to: Stage) -> None:
    stages = list(Stage)[: to.place + 1]
    for seen, after in pairwise(stages):
        workshops.move(workshop, seen=seen, to=after, by=leader, operation=uuid4())


def phrase(workshop: Workshop) -> dict[str, Bucket]:
    """The offered buckets as questions, each with what the squad would do and the dashboard that came of it."""
    dashboards = {dashboard.bucket: dashboard for dashboard in Dashboard.objects.filter(squad=workshop.squad)}
    buckets = {bucket.title: bucket for bucket in workshop.buckets.all()}
    for title, (if_rises, if_falls) in FINALISTS.items():
        bucket = buckets[title]
        bucket.dashboard, bucket.question = dashboards[title], dashboards[title].question
        bucket.if_rises, bucket.if_falls = if_rises, if_falls
        bucket.save()
    return buckets


def survive(
    workshop: Workshop,
    buckets: Mapping[str, Bucket],
    expectations: Mapping[str, Expectation],
    places: Mapping[str, Participant],
) -> None:
    """Each question of the catalogue as its owner's card, and as the metric that it became."""
    bucket_of = dict(Tile.objects.filter(dashboard__squad=workshop.squad).values_list("metric", "dashboard__bucket"))
    metrics = {metric.name: metric for metric in Metric.objects.filter(squad=workshop.squad)}
    for entry in ENTRIES:
        metric = metrics[entry.name]
        card = thrown(workshop, entry, places[entry.owner], expectations[entry.expectation])
        card.bucket, card.state = buckets[bucket_of[metric.pk]], Card.State.SURVIVED
        card.save()
        Adoption.objects.create(card=card, metric=metric, by=places[entry.owner].member)


def thrown(workshop: Workshop, entry: Entry, by: Participant, expectation: Expectation) -> Card:
    return Card(
        workshop=workshop,
        text=entry.question,
        kind=Card.Kind.QUESTION,
        participant=by,
        expectation=expectation,
        is_revealed=True,
    )


def park(workshop: Workshop, places: Mapping[str, Participant], *, until: date) -> Iterable[Card]:
    return Card.objects.bulk_create(
        Card(
            workshop=workshop,
            text=card.text,
            kind=card.kind,
            participant=places[card.by],
            state=Card.State.PARKED,
            reason=card.reason,
            parked_until=until if card.reason == Reason.LATER else None,
            is_revealed=True,
        )
        for card in PARKED
    )


def decide(workshop: Workshop, bucket: Bucket, *, by: User, review_date: date) -> Decision:
    return Decision.objects.create(
        workshop=workshop,
        number=1,
        bucket=bucket,
        question=bucket.question,
        if_rises=bucket.if_rises,
        if_falls=bucket.if_falls,
        gaming="A longer timetable makes every flight punctual, and nobody faster.",
        guardrail="How far do our flights go in all?",
        review_date=review_date,
        by=by,
    )
