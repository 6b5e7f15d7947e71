"""The queue: each due slot of a query is a row here, whatever happens to the broker."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from mdd.actors import Actor, in_squads_of
from mdd.models import User
from metrics.sources.errors import Code

from .metrics import Metric
from .sources import Query


class BackfillQuerySet(models.QuerySet["Backfill"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "query__squad"))

    def feeding(self, metric: Metric) -> Self:
        """Those whose answers are for this metric of the query, alone or among others."""
        return self.filter(Q(metric=None) | Q(metric=metric))


class Backfill(models.Model):
    """A range of slots to be asked again, in chunks, newest first. Its progress is the state of its refreshes.

    `metric`: the only one of the query that the answers are for; none: all of them.
    """

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="backfills")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, null=True, related_name="backfills")
    start = models.DateTimeField()
    end = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    is_interactive = models.BooleanField(default=False)

    objects = BackfillQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="backfill_has_a_length")]


class RefreshQuerySet(models.QuerySet["Refresh"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "query__squad"))

    def failed(self) -> Self:
        """Asked at least once, and the latest attempt failed. No data is an answer."""
        return self.exclude(error_code__in=("", Code.NO_DATA))

    def unfinished(self) -> Self:
        return self.filter(state__in=(Refresh.State.WAITING, Refresh.State.RUNNING))

    def due(self, now: datetime) -> Self:
        """Waiting, and it is time."""
        return self.filter(state=Refresh.State.WAITING, due_at__lte=now)

    def held(self, now: datetime) -> Self:
        """Somebody is at it and has lately said so."""
        return self.filter(state=Refresh.State.RUNNING, lease_until__gt=now)

    def given_up(self, now: datetime) -> Self:
        """Somebody began and was not heard of since."""
        return self.filter(state=Refresh.State.RUNNING, lease_until__lte=now)

    def under(self, fence: UUID) -> Self:
        """All that one worker holds under this fence and has not lost."""
        return self.filter(state=Refresh.State.RUNNING, fence=fence)


class Refresh(models.Model):
    """One question to a source for the slots from `slot` up to `until`.

    Waiting until `due_at`; running while `fence` holds a lease; then done, failed for good (dead) or cancelled.
    Only the holder of the fence may write the outcome. `holder` names the worker that has it, or had it last.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"
        CANCELLED = "cancelled"

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="refreshes")
    backfill = models.ForeignKey(Backfill, on_delete=models.PROTECT, null=True, related_name="refreshes")
    slot = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    queued_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    fence = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(null=True)
    error_code = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=400, blank=True)
    detail = models.CharField(max_length=4000, blank=True)

    objects = RefreshQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="refresh_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="refresh_running"),
            models.Index(fields=["query", "-slot"], name="refresh_run_log"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["query", "slot"], condition=Q(backfill=None), name="refresh_once_per_slot"),
            models.UniqueConstraint(fields=["backfill", "slot"], name="refresh_once_per_chunk"),
            models.CheckConstraint(condition=Q(slot__lt=F("until")), name="refresh_has_a_length"),
            models.CheckConstraint(
                condition=Q(state="running", fence__isnull=False, lease_until__isnull=False)
                | (~Q(state="running") & Q(fence=None, lease_until=None)),
                name="refresh_running_exactly_with_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "dead", "cancelled")) ^ Q(finished_at=None),
                name="refresh_finished_exactly_with_a_time",
            ),
        ]
