"""The clock that everybody in a workshop sees: more minutes, a rest, and going on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mdd import live
from workshops import timer
from workshops.actions import writing
from workshops.actions.workshops import held, minutes_of
from workshops.models import Participant, Workshop


@transaction.atomic
def add(workshop: Workshop, *, minutes: int, by: Participant, operation: UUID) -> None:
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    timer.add(workshop, minutes_of(workshop), more=minutes)
    workshop.save(update_fields=timer.FIELDS)
    live.record(workshop.topic, "time-added", operation=operation, by=by.actor, payload={"minutes": minutes})


@transaction.atomic
def rest(workshop: Workshop, *, rests: bool, by: Participant, operation: UUID) -> None:
    """Stop the clock with what is left, or let it go on with that. What it does already is no news."""
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    if rests == (workshop.timer_paused_left is not None):
        return
    if rests:
        timer.rest(workshop, minutes_of(workshop))
    else:
        timer.go_on(workshop)
    workshop.save(update_fields=timer.FIELDS)
    live.record(workshop.topic, "timer-rests" if rests else "timer-goes-on", operation=operation, by=by.actor)
