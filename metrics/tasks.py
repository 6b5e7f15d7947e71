"""What workers and beat run. Each loads by id and calls one action; the reasons are in `metrics.queue`."""

from __future__ import annotations

from mdd.celery import app
from metrics.queue import batches, housekeeping, ticking


@app.task(name="metrics.refresh")
def refresh(refresh_ids: list[int]) -> None:
    """Run those of the due refreshes that are still ours to run."""
    batches.run(refresh_ids)


@app.task(name="metrics.tick")
def tick() -> None:
    """Bring the queue up to date. Two at once do no harm."""
    ticking.tick()


@app.task(name="metrics.tidy")
def tidy() -> None:
    """Remove what nobody looks at any more."""
    housekeeping.tidy()
