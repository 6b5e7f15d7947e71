"""Telling open dashboards that what they show may have changed. Only a hint: they look once a second all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from mdd.live import wakeups
from mdd.models import Topic
from metrics import feed
from metrics.models import Tile


def of_metrics(metrics: Iterable[int]) -> None:
    """After the commit, wake those dashboards that show these metrics."""
    transaction.on_commit(partial(wake_showing, frozenset(metrics)), robust=True)


def of_dashboard(dashboard: int) -> None:
    """After the commit, wake this dashboard."""
    transaction.on_commit(partial(wake, [feed.key(dashboard)]), robust=True)


def wake_showing(metrics: Collection[int]) -> None:
    """One query. A dashboard that nobody ever opened has no topic."""
    key = Concat(Value(f"{feed.KIND}:"), Cast("dashboard", CharField()), output_field=CharField())
    wake(Tile.objects.filter(metric__in=metrics).annotate(key=key).values("key"))


def wake(keys: Iterable[object]) -> None:
    wakeups.hint(Topic.objects.filter(key__in=keys).values_list("pk", flat=True))
