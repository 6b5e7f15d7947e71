"""What workers run for workshops."""

from __future__ import annotations

from mdd.celery import app
from workshops.actions import marking


@app.task(name=marking.TASK)
def mark(workshop: int) -> None:
    """Mark the cards that say nearly the same. Two at once do it once."""
    marking.mark(workshop)


@app.task(name="workshops.sweep")
def sweep() -> None:
    """Do what a lost message was about."""
    marking.sweep()
