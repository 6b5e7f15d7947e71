"""Tells the workers which refreshes wait. A message is a hint: lost ones are sent again, doubled ones do nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber

from mdd.celery import EXPIRES, send
from metrics.models import Refresh, Source
from metrics.models.refreshes import RefreshQuerySet
from metrics.queue import breaker

log = logging.getLogger(__name__)

BATCH = 50
AGAIN = timedelta(seconds=EXPIRES)
TASK = "metrics.refresh"

KIND = Case(
    When(backfill__is_interactive=True, then=Value(0)),
    When(backfill=None, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def everything(now: datetime) -> int:
    """Publish what waits for any source; answers how many messages the broker took."""
    waiting = unpublished(now).values("query__source")
    sources = Source.objects.filter(Q(open_until=None) | Q(open_until__lte=now), pk__in=waiting)
    return sum(of_source(source, now) for source in sources.order_by("pk"))


def of_source(source: Source, now: datetime) -> int:
    """Publish as much as the source has room for; whoever finishes there publishes the next."""
    return sum(send(TASK, [batch], queue=queue) for queue, batch in marked(source, now))


@transaction.atomic
def marked(source: Source, now: datetime) -> list[tuple[str, list[int]]]:
    """Queue and ids of each message, with the rows marked as published."""
    room = breaker.room(source, now)
    kinds = in_turn(source, now, room if breaker.is_in_trouble(source) else room * BATCH)
    mine = unpublished(now).filter(pk__in=kinds).select_for_update(skip_locked=True, of=("self",))
    ids = sorted(mine.values_list("pk", flat=True), key=list(kinds).index)
    Refresh.objects.filter(pk__in=ids).update(published_at=now)
    urgent = [pk for pk in ids if kinds[pk] == 0]
    others = [pk for pk in ids if kinds[pk] != 0]
    return [("interactive", batch) for batch in shared_out(urgent, room)] + [
        ("refresh", batch) for batch in shared_out(others, room)
    ]


def in_turn(source: Source, now: datetime, number: int) -> dict[int, int]:
    """The next ids with their kinds: who pressed a button first, then what is due, then back-fills.

    Among equals squads take turns, newest slots first.
    """
    turn = Window(RowNumber(), partition_by=[F("kind"), F("query__squad")], order_by=F("slot").desc())
    waiting = unpublished(now).filter(query__source=source).annotate(kind=KIND)
    return dict(waiting.annotate(turn=turn).order_by("kind", "turn", "pk").values_list("pk", "kind")[:number])


def unpublished(now: datetime) -> RefreshQuerySet:
    """Due, and not published so lately that the message may still be on its way."""
    return Refresh.objects.due(now).filter(Q(published_at=None) | Q(published_at__lte=now - AGAIN))


def shared_out(ids: list[int], workers: int) -> Iterator[list[int]]:
    """Pieces for as many workers as may go to the source."""
    size = min(BATCH, ceil(len(ids) / max(workers, 1))) or 1
    for first in range(0, len(ids), size):
        yield ids[first : first + size]
