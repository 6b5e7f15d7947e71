"""What the tests of the loop share."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from mdd.models import Event, Squad, User
from workshops import loops
from workshops.actions import workshops
from workshops.loops import Loop
from workshops.models import Participant, Workshop


def loop_at(squad: Squad, now: datetime | None = None) -> Loop:
    return loops.loops_of(Squad.objects.filter(pk=squad.pk), now or timezone.now())[0]


def states(loop: Loop) -> dict[str, str]:
    """The points that the squad has been to or is at."""
    return {each.point.value: each.state for each in loop.stretches if each.state}


def move(workshop: Workshop, by: User, *stages: str) -> Workshop:
    """Lead a workshop through these stages."""
    for stage in stages:
        me = Participant.objects.get(workshop=workshop, user=by)
        workshop.refresh_from_db()
        workshops.move(workshop, seen=workshop.stage, to=stage, by=me, operation=uuid4())
    workshop.refresh_from_db()
    return workshop


def change_state(workshop: Workshop, by: User, to: Workshop.State) -> None:
    me = Participant.objects.get(workshop=workshop, user=by)
    workshops.change_state(workshop, to=to, by=me, operation=uuid4())


def moved_at(workshop: Workshop, *times: datetime) -> list[Event]:
    """Its events as they would be had they happened then; the log itself can not be changed."""
    events = list(Event.objects.filter(topic=workshop.topic, kind__in=("workshop-started", "stage-moved")))
    for event, at in zip(sorted(events, key=lambda event: event.serial), times, strict=True):
        event.at = at
    return events
