"""The heartbeat of the queue: takes back what was dropped, gives due slots their rows, tells the workers."""

from __future__ import annotations

from django.utils import timezone

from mdd import heartbeats
from mdd.celery import send
from metrics.queue import due, leases, publish


def begin_again(holder: str) -> None:
    """A worker of this name has just been started: what its forerunner held is free."""
    now = timezone.now()
    if leases.take_back_from(holder, now):
        publish.everything(now)


def tick(*, is_from_beat: bool = True) -> None:
    """Safe at any time, by any number of beats and workers at once. Only a beat's tick tells that a beat lives."""
    now = timezone.now()
    if is_from_beat:
        heartbeats.beat("beat")
    leases.take_back(now)
    due.insert(now)
    send("mdd.pulse", [], queue="refresh")
    publish.everything(now)
