"""What workers and beat run. Each loads by id and calls one action; the reasons are in `metrics.queue`."""

from __future__ import annotations

import logging
from typing import Any

from celery import signals
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from mdd.celery import app
from metrics import evaluating
from metrics.delivery import sending
from metrics.queue import batches, housekeeping, ticking

log = logging.getLogger(__name__)


@app.task(name="metrics.refresh", bind=True)
def refresh(self: Any, refresh_ids: list[int]) -> None:
    """Run those of the due refreshes that are still ours to run."""
    batches.run(refresh_ids, holder=self.request.hostname or "")


@app.task(name="metrics.tick")
def tick(is_from_beat: bool) -> None:
    """Bring the queue up to date. Two at once do no harm."""
    ticking.tick(is_from_beat=is_from_beat)


@app.task(name="metrics.tidy")
def tidy() -> None:
    """Remove what nobody looks at any more."""
    housekeeping.tidy()


@app.task(name="metrics.evaluate")
def evaluate() -> None:
    """Look at what changed, and raise what asks to be reassessed. Two at once do no harm."""
    evaluating.evaluate(timezone.now())


@app.task(name="metrics.deliver")
def deliver() -> None:
    """Ask people for their numbers by mail. Two at once send each mail once."""
    sending.deliver()


@signals.celeryd_after_setup.connect
def begin_again(sender: str, **_: object) -> None:
    """Before the worker forks: no child may inherit the connection."""
    try:
        ticking.begin_again(sender)
    except (DatabaseError, InterfaceError) as error:
        log.warning("What %s held waits for its leases to end: %s", sender, type(error).__name__)
    finally:
        connections.close_all()
