"""When the time to judge is up, what is unanimous where everybody looks settles by itself.

Nobody has to be awake then: whoever looks first after that moment lets it settle.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction

from mdd import live
from mdd.models import Event
from workshops import places
from workshops.actions import keeps
from workshops.actions.judging import time_was_up_at
from workshops.actions.workshops import held
from workshops.models import Card, Workshop

SETTLES = UUID("7b0a4f0e-3c1d-4a53-9d2e-6f6f1f3c58a1")


def arrive(workshop: Workshop) -> bool:
    """Settle what is due since the time is up. Says whether anything has happened."""
    ended = time_was_up_at(workshop)
    if ended is None:
        return False
    key = uuid5(SETTLES, f"{workshop.pk} {ended.isoformat()}")
    if Event.objects.filter(topic=workshop.topic_id, operation=key).exists():
        return False
    with transaction.atomic():
        if live.is_new(workshop.topic, key) and time_was_up_at(held(workshop)) == ended:
            end(workshop, key)
    return True


def end(workshop: Workshop, key: UUID) -> None:
    """What lies where everybody looks. In the other buckets not everybody has had their time yet."""
    bucket = places.now(workshop)
    judged = Card.objects.in_play().filter(workshop=workshop, bucket=bucket, is_revealed=True, keeps__isnull=False)
    if judged.exists():
        keeps.let_settle(workshop, bucket=bucket, by=None, operation=uuid5(key, str(bucket)))
    live.record(workshop.topic, "judging-ended", operation=key, by=None)
