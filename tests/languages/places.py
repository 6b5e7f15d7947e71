"""The main pages with enough on them to be looked at, and a workshop at each of its stages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mdd.models import Finding, Squad, User
from metrics.actions import dashboards, samples
from metrics.models import Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.slots import DAY
from tests import builders
from tests.reassess.builders import make_prompt
from tests.workshops import builders_focus
from workshops.actions import workshops
from workshops.models import QUESTIONS, Answer, Card, Stage, Workshop

CARDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Wie viele Flüge gehen jeden Tag pünktlich?", {"kind": "question", "bucket": 0}),
    ("Verspätungsminuten pro Flugsteig", {"kind": "metric", "bucket": 0, "state": "survived"}),
    ("Donaudampfschifffahrtsgesellschaftskapitän wartet", {"kind": "hunch"}),
    ("Wer ruft am Schalter noch an?", {"kind": "question"}),
    ("„Die App wusste es später als die Menge“", {"kind": "evidence", "weight": 12, "bucket": 1}),
    ("Umbuchungen, die scheitern", {"kind": "metric", "state": "parked", "reason": "later"}),
    ("Noch verdeckt", {"is_revealed": False}),
)


def make(squad: Squad, by: User) -> Mapping[str, str]:
    """Addresses by what they are."""
    expectation = builders.make_expectation(squad, by, text="Die Anzeigetafel zeigt den richtigen Flugsteig")
    measured = [measure(squad, by, question, unit) for question, unit in MEASURED]
    dashboard = dashboards.create(squad, question="Bringen wir die Leute pünktlich ans Ziel?", bucket="Nutzung", by=by)
    for metric in measured:
        dashboards.add_tile(dashboard, metric, by=by)
    prompt = make_prompt(measured[0].goals.get())
    Finding.objects.create(expectation=expectation, verdict="not-met", evidence="Fundbüro", by=by)
    return {
        "home": squad.get_absolute_url(),
        "dashboard": dashboard.get_absolute_url(),
        "metric": measured[0].get_absolute_url(),
        "goal": reverse("metrics:goal", args=[measured[1].pk]),
        "prompt": prompt.get_absolute_url(),
        "people": reverse("workshops:people", args=[squad.slug]),
        "statements": reverse("workshops:statements", args=[squad.slug]),
    } | {stage.value: at(stage, squad, by).get_absolute_url() for stage in Stage}


MEASURED = (("Wie lange warten Anrufer am Schalter?", "min"), ("Kommen Koffer mit ihren Besitzern an?", "%"))


def measure(squad: Squad, by: User, question: str, unit: str) -> Metric:
    metric = builders.make_metric(squad, question=question, name=question[:20], unit=unit, owner=by)
    builders.make_goal(metric)
    midnight = timezone.now().astimezone(squad.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    values = [Reading(metric.pk, midnight - n * DAY, 7 + (n * 7 % 5) / 4 + n / 9) for n in range(1, 30)]
    samples.keep(values, origin=Origin.HAND, taken_at=timezone.now(), reason="")
    return metric


def at(stage: Stage, squad: Squad, by: User) -> Workshop:
    """A workshop at a stage, with what is written and thrown by then."""
    workshop = workshops.start(squad, title=f"Frühjahrsrunde {stage.value}", path="whole", by=by)
    Workshop.objects.filter(pk=workshop.pk).update(stage=stage)
    workshop.refresh_from_db()
    place = workshops.join(workshop, user=by)
    if stage in QUESTIONS[:3]:
        for text, is_revealed in (("Verspätungsmeldungen", True), ("Noch nicht aufgedeckt", False)):
            Answer.objects.create(workshop=workshop, stage=stage, participant=place, text=text, is_revealed=is_revealed)
    if not stage.is_question:
        throw(workshop, place.pk)
    if stage in {Stage.FOCUS, Stage.WRAP_UP}:
        builders_focus.make_finalists(workshop)
    return workshop


def throw(workshop: Workshop, participant: int) -> None:
    buckets = list(workshop.buckets.order_by("position"))
    for text, fields in CARDS:
        made: dict[str, Any] = {"is_revealed": True} | fields
        if "bucket" in fields:
            made |= {"bucket": buckets[fields["bucket"]], "state": fields.get("state", "grouped")}
        Card.objects.create(workshop=workshop, participant_id=participant, text=text, **made)
