"""Runs the refreshes of one message, one after the other, and passes the turn on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from metrics.models import Source
from metrics.queue import asking, leases, publish
from metrics.queue.leases import Lease

BUDGET = 10.0  # seconds after which no further refresh is begun, so that others get their turn
RENEW = (leases.LENGTH / 3).total_seconds()
TRY_EVERY = 0.2  # seconds


def run(refresh_ids: Sequence[int], *, holder: str = "") -> None:
    """Settle what can be claimed of these refreshes; what does not fit in the budget goes back in line."""
    held = leases.claim(refresh_ids, timezone.now(), holder=holder)
    if not held:
        return
    try:
        settle_all(held)
    finally:
        give_back(held[0].fence)
    for source in Source.objects.filter(queries__refreshes=held[0].refresh_id):
        publish.of_source(source, timezone.now())


def give_back(fence: UUID) -> None:
    """Wait for a database that is just starting again; nobody else may begin before, or the lease has ended."""
    ends = time.monotonic() + leases.LENGTH.total_seconds()
    while True:
        try:
            leases.release(fence)
        except (OperationalError, InterfaceError):
            if time.monotonic() > ends:
                raise
            connection.close()
            time.sleep(TRY_EVERY)
        else:
            return


def settle_all(held: Sequence[Lease]) -> None:
    begun = renewed = time.monotonic()
    for lease in held:
        now = time.monotonic()
        if now - begun > BUDGET:
            return
        if now - renewed > RENEW:
            leases.renew(lease.fence, timezone.now())
            renewed = now
        if refresh := leases.start(lease, timezone.now()):
            asking.settle(lease, refresh)
