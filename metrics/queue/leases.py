"""One worker at a time holds a refresh: by a fence that nobody else knows, for as long as it shows signs of life.

A lease that ran out is taken back; its holder may still be alive, and then finds that its fence is gone.
Clocks of several machines only decide how soon that happens, never whether two may write: the fence does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from metrics.models import Refresh, Source
from metrics.models.refreshes import RefreshQuerySet
from metrics.queue import breaker, errors
from metrics.sources.errors import Code, SourceError

LENGTH = timedelta(seconds=10)
ATTEMPTS = 12


@dataclass(frozen=True)
class Lease:
    """The right to write the outcome of one refresh."""

    refresh_id: int
    fence: UUID


@transaction.atomic
def claim(ids: Sequence[int], now: datetime, *, holder: str = "") -> list[Lease]:
    """Take those of the due refreshes of one source that nobody else holds, in the order of `ids`, under one fence.

    Nothing when the source has no room now: they then stay due, and are published again when it has.
    """
    source = Source.objects.select_for_update(no_key=True, of=("self",)).filter(queries__refreshes__in=ids).first()
    if source is None:
        return []
    waiting = Refresh.objects.filter(pk__in=ids, query__source=source).due(now)
    if not breaker.room(source, now):
        waiting.update(published_at=None)
        return []

    free = waiting.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)
    taken = sorted(free[:1] if breaker.is_in_trouble(source) else free, key=ids.index)
    fence = uuid4()
    lease = {"fence": fence, "lease_until": now + LENGTH, "holder": holder[:80]}
    Refresh.objects.filter(pk__in=taken).update(state=Refresh.State.RUNNING, **lease)
    return [Lease(pk, fence) for pk in taken]


def start(lease: Lease, now: datetime) -> Refresh | None:
    """Begin to ask: counts the attempt. Nothing when the lease was lost meanwhile."""
    held = Refresh.objects.under(lease.fence).filter(pk=lease.refresh_id)
    if not held.update(attempts=F("attempts") + 1, started_at=now, lease_until=now + LENGTH):
        return None
    return held.select_related("query__source", "query__squad", "backfill").first()


def renew(fence: UUID, now: datetime) -> int:
    """A sign of life for all that is held under the fence; answers how many are."""
    return Refresh.objects.under(fence).update(lease_until=now + LENGTH)


def is_held(lease: Lease) -> bool:
    return Refresh.objects.under(lease.fence).filter(pk=lease.refresh_id).exists()


def release(fence: UUID) -> int:
    """Give back what was not begun."""
    return Refresh.objects.under(fence).update(
        state=Refresh.State.WAITING, fence=None, lease_until=None, published_at=None
    )


def take_back(now: datetime) -> int:
    """Put refreshes whose holder went silent back in line."""
    return put_back(Refresh.objects.given_up(now), now)


def take_back_from(holder: str, now: datetime) -> int:
    """Put back what a worker of this name held before it was started again: nobody need wait for its leases to end."""
    return put_back(Refresh.objects.filter(state=Refresh.State.RUNNING, holder=holder), now)


@transaction.atomic
def put_back(dropped: RefreshQuerySet, now: datetime) -> int:
    """Let others have what was dropped; a refresh that every holder dropped is given up."""
    silent = list(dropped.select_for_update(skip_locked=True).values_list("pk", flat=True).order_by("pk"))
    lost = Refresh.objects.filter(pk__in=silent)
    lost.filter(attempts__lt=ATTEMPTS).update(
        state=Refresh.State.WAITING, fence=None, lease_until=None, published_at=None, due_at=now
    )
    for refresh in lost.filter(attempts__gte=ATTEMPTS).select_related("query"):
        bury(refresh, now)
    return len(silent)


def bury(refresh: Refresh, now: datetime) -> None:
    """Give up a refresh that ends its workers."""
    error = SourceError(Code.OURS, _("Every worker that asked this stopped in the middle."))
    Refresh.objects.filter(pk=refresh.pk).update(
        state=Refresh.State.DEAD,
        fence=None,
        lease_until=None,
        finished_at=now,
        error_code=error.code,
        error=error.sentence,
    )
    errors.show(refresh.query, error, now)
