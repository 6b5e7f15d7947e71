"""Who is here. A page that is open says so; it is written down at most every 15 seconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from workshops.models import Participant, Workshop

NOTED = timedelta(seconds=15)
PRESENT = timedelta(seconds=45)
LED = timedelta(seconds=60)


def note(participant: Participant | None) -> None:
    """Write down that somebody looks, without a query where that is fresh."""
    if participant and (participant.last_seen_at is None or participant.last_seen_at < timezone.now() - NOTED):
        participant.last_seen_at = timezone.now()
        Participant.objects.filter(pk=participant.pk).update(last_seen_at=participant.last_seen_at)


def is_here(participant: Participant) -> bool:
    """Whether somebody was seen just now. A name without a device sits beside somebody who was."""
    return not participant.has_device or seen_at_least(participant, PRESENT)


def is_led(people: Iterable[Participant]) -> bool:
    """Whether a facilitator was here a minute ago."""
    return any(person.is_facilitator and seen_at_least(person, LED) for person in people)


def seen_at_least(participant: Participant, ago: timedelta) -> bool:
    return (participant.last_seen_at or participant.joined_at) > timezone.now() - ago


def is_anybody_else_here(workshop: Workshop, me: Participant) -> bool:
    """Whether somebody with a page of their own is in the room too."""
    others = Participant.objects.inside().filter(workshop=workshop, has_device=True).exclude(pk=me.pk)
    return any(seen_at_least(person, PRESENT) for person in others)
