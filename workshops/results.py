"""What came of a workshop, as people outside of the squad may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from workshops import focus, record
from workshops.models import Bucket, Card, Decision, ResultLink, Workshop
from workshops.record import Record


@dataclass(frozen=True)
class Result:
    """The decision in force, if there is one, and the buckets that hold survivors beside its own. Nobody is named."""

    record: Record | None
    others: Sequence[Bucket]


def links_of(workshop: Workshop) -> QuerySet[ResultLink]:
    """Those that still show something, the newest first."""
    rows = ResultLink.objects.open_at(timezone.now()).filter(workshop=workshop)
    return rows.select_related("by").order_by("-pk")


def of(workshop: Workshop) -> Result:
    made = Decision.objects.filter(workshop=workshop).select_related("workshop__squad", "bucket", "by").last()
    survivors = Card.objects.survivors().filter(is_revealed=True).order_by("pk")
    rows = focus.candidates(workshop).prefetch_related(Prefetch("cards", survivors, to_attr="survivors"))
    others = [bucket for bucket in rows if made is None or bucket != made.bucket]
    return Result(replace(record.of(made), decided_by="") if made else None, others)
