"""Raised hands: who wants to say something, in the order in which they asked."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from mdd import live
from workshops.actions import writing
from workshops.models import Participant, Workshop


@transaction.atomic
def raise_hand(workshop: Workshop, *, is_raised: bool, by: Participant, operation: UUID) -> None:
    """Raise one's own hand, or take it down. A hand that is up keeps its place."""
    if not writing.is_new(workshop, operation):
        return
    mine = Participant.objects.filter(pk=by.pk, hand_raised_at__isnull=is_raised)
    if mine.update(hand_raised_at=timezone.now() if is_raised else None):
        kind = "hand-raised" if is_raised else "hand-lowered"
        live.record(workshop.topic, kind, operation=operation, by=by.actor, payload={"participant": by.pk})


@transaction.atomic
def lower(workshop: Workshop, *, person: int, by: Participant, operation: UUID) -> None:
    """Let somebody have spoken. Whoever took their hand down meanwhile is no news."""
    if not writing.is_new(workshop, operation):
        return
    up = Participant.objects.select_related("user").exclude(hand_raised_at=None)
    speaker = up.filter(workshop=workshop, pk=person).first()
    if speaker is None:
        return
    speaker.hand_raised_at = None
    speaker.save(update_fields=["hand_raised_at"])
    live.record(workshop.topic, "hand-lowered", operation=operation, by=by.actor, payload={"participant": person})
    tell_speaker(workshop, speaker, operation)


def tell_speaker(workshop: Workshop, speaker: Participant, operation: UUID) -> None:
    """Their own button is in nobody else's page, so that only an event of theirs brings it up to date."""
    key = uuid5(operation, "heard")
    live.record(workshop.topic, "hand-heard", operation=key, by=None, audience=speaker.actor)
