"""Metrics with goals, side by side."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import Squad, User

from .metrics import Metric


class DashboardQuerySet(models.QuerySet["Dashboard"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def with_waits(self) -> Self:
        """Annotate `waits`: whether a metric waits for its goal to stand there."""
        return self.annotate(waits=Exists(Waiting.objects.filter(dashboard=OuterRef("pk"))))


class Dashboard(models.Model):
    """One bucket of metrics under one question. Degraded while a tile's metric has neither goal nor alert."""

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="dashboards")
    question = models.CharField(_("question"), max_length=140)
    bucket = models.CharField(_("bucket"), max_length=60)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_date = models.DateField(_("look at it again on"), null=True, blank=True)
    degraded_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = DashboardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="dashboard_asks_a_question"),
            models.CheckConstraint(condition=~Q(bucket=""), name="dashboard_has_a_bucket"),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("metrics:dashboard", args=[self.pk])


class TileQuerySet(models.QuerySet["Tile"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "dashboard__squad"))


class Tile(models.Model):
    """A metric's place on a dashboard. Triggers hold the gate: only a watched metric of the same squad gets one."""

    dashboard = models.ForeignKey(Dashboard, on_delete=models.CASCADE, related_name="tiles")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="tiles")
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(db_default=Now())

    objects = TileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dashboard", "metric"], name="tile_once_per_dashboard")]
        ordering = ["position", "pk"]


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "dashboard__squad"))


class Waiting(models.Model):
    """A metric that shall stand on a dashboard once it has a goal. No row: it stands there, or nobody asked."""

    dashboard = models.ForeignKey(Dashboard, on_delete=models.CASCADE, related_name="waiting")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="waiting")
    since = models.DateTimeField(db_default=Now())

    objects = WaitingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dashboard", "metric"], name="waiting_once_per_dashboard")]
        ordering = ["since", "pk"]
