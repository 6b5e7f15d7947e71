"""Leaves a source alone that is in trouble: after five failures in a row only one probe a minute goes out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from metrics.models import Query, Refresh, Source
from metrics.queue import errors
from metrics.sources.errors import SourceError

FAILURES = 5
PAUSE = timedelta(minutes=1)


def room(source: Source, now: datetime) -> int:
    """How many workers may go to the source now: its limit less those that are there; one probe while in trouble."""
    if source.open_until and source.open_until > now:
        return 0
    there = Refresh.objects.filter(query__source=source).held(now).values("fence").distinct().count()
    limit = 1 if is_in_trouble(source) else source.concurrency
    return max(0, limit - there)


def is_in_trouble(source: Source) -> bool:
    return source.failures >= FAILURES


def note_failure(source: Source, error: SourceError, now: datetime) -> None:
    """Count a failure that every squad would meet, and leave the source alone when there were too many."""
    if not error.code.is_trouble_of_the_source:
        return
    Source.objects.filter(pk=source.pk).update(failures=F("failures") + 1)
    opened = Source.objects.filter(pk=source.pk, failures__gte=FAILURES).update(open_until=now + PAUSE)
    if opened:
        tell_all(source, error, now)


def note_success(source: Source) -> None:
    """Any answer ends the trouble."""
    if not source.failures:
        return
    Source.objects.filter(pk=source.pk, failures__gt=0).update(failures=0, open_until=None)


def tell_all(source: Source, error: SourceError, now: datetime) -> None:
    """Queries that were not asked because of the trouble say so too."""
    for query in Query.objects.filter(source=source, is_running=True, error_code="").order_by("pk"):
        errors.show(query, error, now)
