"""A workshop that begins before its meeting: until then everybody writes and throws for themselves.

Nobody has to be awake when the hour comes: whoever looks first after that lets it begin.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.actors import Actor
from workshops import timer
from workshops.actions import writing
from workshops.actions.refusals import Refused
from workshops.actions.workshops import held
from workshops.models import Participant, Stage, Workshop

BEGINS = UUID("a3b1f4de-5a55-4f55-8a6c-5d3c2d5f1b64")
COLUMNS = ("meets_at", "is_ahead", "stage_since", *timer.FIELDS)


@transaction.atomic
def plan(workshop: Workshop, *, meets_at: datetime, by: Participant, operation: UUID) -> None:
    """Say when people meet, or move it. Raises Refused once they have left the first stage."""
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    if workshop.stage != first_stage(workshop):
        raise Refused(_("You are past the first stage already, so there is nothing to wait for."))
    workshop.meets_at, workshop.is_ahead = meets_at, True
    workshop.save(update_fields=COLUMNS)
    payload = {"at": meets_at.isoformat()}
    live.record(workshop.topic, "meeting-planned", operation=operation, by=by.actor, payload=payload)


def first_stage(workshop: Workshop) -> str:
    return min((Stage(box.stage) for box in workshop.template.boxes.all()), key=lambda stage: stage.place)


@transaction.atomic
def begin(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Begin now, whatever was planned."""
    if not writing.is_new(workshop, operation):
        return
    workshop = held(workshop)
    if workshop.is_ahead:
        workshop.meets_at = timezone.now()
        start(workshop, by=by.actor, operation=operation)


def start(workshop: Workshop, *, by: Actor | None, operation: UUID) -> None:
    """Let the first box begin. The caller holds the topic."""
    workshop.is_ahead = False
    timer.begin(workshop)
    workshop.save(update_fields=COLUMNS)
    live.record(workshop.topic, "meeting-begun", operation=operation, by=by)


def arrive(workshop: Workshop) -> bool:
    """Begin what `workshop`, as it was read, is due for. Says whether the row must be read again."""
    if not is_due(workshop):
        return False
    with transaction.atomic():
        key = uuid5(BEGINS, f"{workshop.pk} {workshop.meets_at}")
        if live.is_new(workshop.topic, key) and is_due(now := held(workshop)):
            start(now, by=None, operation=key)
    return True


def is_due(workshop: Workshop) -> bool:
    hour = workshop.meets_at
    return workshop.is_ahead and workshop.is_open and hour is not None and hour <= timezone.now()
