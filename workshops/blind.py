"""A later workshop asks again blind: what was said before is not shown while people write."""

from __future__ import annotations

from mdd.models import Event
from workshops.models import Workshop

REVEALED = "answers-revealed"


def revealed(workshop: Workshop) -> frozenset[str]:
    """The stages of the workshop at which somebody has begun to reveal, answers or what was said before."""
    events = Event.objects.filter(topic=workshop.topic_id, kind=REVEALED)
    return frozenset(events.values_list("payload__stage", flat=True))
