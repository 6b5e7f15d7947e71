"""Buckets: opened, named, merged, put away."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions import writing
from workshops.actions.faster import Late
from workshops.actions.moves import Held, bucket_of, put
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant, Workshop
from workshops.trails import Trail


@transaction.atomic
def open_new(workshop: Workshop, *, title: str, held: Held, by: Participant, operation: UUID) -> Late | None:
    """Open a bucket with the cards in hand; the answer is as that of a move."""
    if not writing.is_new(workshop, operation):
        return None
    last = Bucket.objects.filter(workshop=workshop).aggregate(last=Max("position"))["last"]
    bucket = Bucket.objects.create(workshop=workshop, title=title, position=(last or 0) + 1)
    return put(workshop, held, bucket, kind="bucket-opened", by=by, operation=operation, opened=[bucket])


@transaction.atomic
def rename(workshop: Workshop, *, bucket: int, title: str, by: Participant, operation: UUID) -> None:
    """Give it a title of the squad's own, which no suggestion replaces."""
    if not writing.is_new(workshop, operation):
        return
    row = bucket_of(workshop, bucket)
    trail = Trail(row)
    row.title, row.origin = title, Bucket.Origin.HUMAN
    row.save(update_fields=["title", "origin"])
    payload = {"bucket": row.pk, "rows": trail.since()}
    live.record(workshop.topic, "bucket-renamed", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def merge(workshop: Workshop, *, bucket: int, into: int, by: Participant, operation: UUID) -> Late | None:
    """Pour a bucket into another one. Empty, it stays until somebody removes it."""
    if not writing.is_new(workshop, operation):
        return None
    held = dict.fromkeys(Card.objects.on_board().filter(bucket=bucket).values_list("pk", flat=True), bucket)
    if not held or bucket == into:
        raise Refused(_("There is nothing in it to pour."))
    return put(workshop, held, bucket_of(workshop, into), kind="buckets-merged", by=by, operation=operation)


@transaction.atomic
def remove(workshop: Workshop, *, bucket: int, by: Participant, operation: UUID) -> None:
    """Put an empty bucket away. Removing it twice is removing it once."""
    if not writing.is_new(workshop, operation):
        return
    rows = Bucket.objects.filter(workshop=workshop, pk=bucket)
    trail = Trail(*rows)
    try:
        with transaction.atomic():
            rows.delete()
    except ProtectedError:
        raise Refused(_("Something is tied to that bucket: cards, parked ones too, or votes. It stays.")) from None
    payload = {"bucket": bucket, "rows": trail.since()}
    live.record(workshop.topic, "bucket-removed", operation=operation, by=by.actor, payload=payload)
