"""Writes about asking: back-fills, asking again, and calling it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from mdd.actions import audit
from mdd.models import User
from metrics.models import Backfill, Metric, Query, Refresh, Source
from metrics.models.refreshes import BackfillQuerySet
from metrics.queue import chunks, outcomes, publish

State = Refresh.State


@dataclass(frozen=True)
class Progress:
    """How far a back-fill has come: `share` of its time is settled (0 to 1), `failed` pieces were given up."""

    share: float
    failed: int
    is_finished: bool

    @property
    def percent(self) -> int:
        """0 to 100, and 100 only at the end."""
        return 100 if self.is_finished else min(99, int(self.share * 100))


@transaction.atomic
def back_fill(
    query: Query,
    start: datetime,
    end: datetime,
    *,
    by: User | None,
    is_interactive: bool = False,
    metric: Metric | None = None,
) -> Backfill:
    """Ask again for every slot that touches the time from `start` to `end`; the slot that is running counts too.

    `metric`: the only one of the query that the answers are for; the others keep what they have.
    Who asks for the same stretch while it is under way gets the back-fill that is under way.
    """
    query = locked(query)
    start, end = chunks.around(query, start, min(end, timezone.now()))
    if under_way := unfinished(query).filter(start=start, end=end, metric=metric).first():
        return under_way

    now = timezone.now()
    backfill = chunks.back_fill(query, start, end, now=now, by=by, is_interactive=is_interactive, metric=metric)
    stretch = {"start": start.isoformat(), "end": end.isoformat()}
    audit.record("back-fill-asked", query, by=by, squad=query.squad, after=stretch)
    publish_after_commit(query.source)
    return backfill


@transaction.atomic
def cancel(backfill: Backfill, *, by: User) -> int:
    """Call off what is left; a question that is being asked is stopped at its source within a second or two."""
    now = timezone.now()
    left = Refresh.objects.filter(backfill=backfill).unfinished()
    stopped = left.update(state=State.CANCELLED, finished_at=now, fence=None, lease_until=None)
    if stopped:
        audit.record("back-fill-cancelled", backfill.query, by=by, squad=backfill.query.squad)
    return stopped


@transaction.atomic
def ask_missed(*queries: Query) -> None:
    """Ask again for everything that was given up: somebody has mended the query or its source."""
    for query in queries:
        outcomes.revive(locked(query), timezone.now(), is_mended=True)
    for source in {query.source_id: query.source for query in queries}.values():
        publish_after_commit(source)


def progress(query: Query) -> Progress | None:
    """How far the latest back-fill of a query is; nothing when there was none."""
    latest = Backfill.objects.filter(query=query).order_by("-pk").first()
    return progress_of(latest) if latest else None


def progress_of(backfill: Backfill) -> Progress:
    counted = backfill.refreshes.aggregate(
        left=Sum(F("until") - F("slot"), filter=Q(state__in=(State.WAITING, State.RUNNING))),
        failed=Count("pk", filter=Q(state=State.DEAD)),
    )
    left: timedelta = counted["left"] or timedelta(0)
    share = 1 - left / (backfill.end - backfill.start)
    return Progress(share=share, failed=counted["failed"], is_finished=not left)


def unfinished(query: Query) -> BackfillQuerySet:
    open_ones = Refresh.objects.unfinished().filter(query=query, backfill__isnull=False)
    return Backfill.objects.filter(query=query, pk__in=open_ones.values("backfill"))


def locked(query: Query) -> Query:
    """Held before its metrics, as where an answer is kept; others may still put in rows that belong to it."""
    return Query.objects.select_for_update(of=("self",), no_key=True).select_related("squad", "source").get(pk=query.pk)


def publish_after_commit(source: Source) -> None:
    """Only a hint: when the broker does not take it, the next tick repeats it."""
    transaction.on_commit(partial(publish_now, source), robust=True)


def publish_now(source: Source) -> None:
    publish.of_source(source, timezone.now())
