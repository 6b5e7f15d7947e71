"""Leading everybody through the buckets, and giving a card that is split its minute."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions import writing
from workshops.actions.keeps import in_play
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant, Pruning, Workshop

TALK = timedelta(seconds=60)


@transaction.atomic
def lead_to(workshop: Workshop, *, bucket: int | None, by: Participant, operation: UUID) -> None:
    """Let everybody look at one bucket, or at the loose cards (None). A talk ends with it. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    if bucket is not None and not Bucket.objects.filter(workshop=workshop, pk=bucket).exists():
        raise Refused(_("That bucket is not there any more."))
    be_at(workshop, bucket_id=bucket, talk=None, talk_ends_at=None)
    live.record(workshop.topic, "bucket-chosen", operation=operation, by=by.actor, payload={"bucket": bucket})


@transaction.atomic
def talk(card: Card, *, by: Participant, operation: UUID) -> None:
    """Talk about one card for a minute, all at its bucket; begun again, a whole one. Raises Refused."""
    workshop = card.workshop
    if not writing.is_new(workshop, operation):
        return
    row = in_play(card)
    be_at(workshop, bucket_id=row.bucket_id, talk=row, talk_ends_at=timezone.now() + TALK)
    live.record(workshop.topic, "talk-started", operation=operation, by=by.actor, payload={"card": card.pk})


def be_at(workshop: Workshop, **place: object) -> None:
    Pruning.objects.update_or_create(workshop=workshop, defaults=place)
