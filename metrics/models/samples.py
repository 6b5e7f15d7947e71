"""Measured values, what they replaced, and their roll-ups."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from mdd.models import User

from .metrics import Metric

FINITE = Q(value=None) | Q(value__gt=float("-inf"), value__lt=float("inf"))


class Origin(models.TextChoices):
    """How a value came in."""

    PULL = "pull"
    HAND = "hand"
    CSV = "csv"


class Sample(models.Model):
    """The value of a metric for the slot that starts at `at`.

    A gauge has `value` and the `weight` it carries in a mean; a counter `value`; a timer a `distribution`
    {upper bound: count}. No value, or an empty distribution, says that the source was asked and nothing had happened.
    """

    pk = models.CompositePrimaryKey("metric", "at", "segment")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="samples", db_index=False)
    at = models.DateTimeField()
    segment = models.CharField(max_length=80, default="")
    value = models.FloatField(null=True)
    weight = models.FloatField(default=1)
    distribution = models.JSONField(null=True)
    origin = models.CharField(max_length=5, choices=Origin)
    taken_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=FINITE, name="sample_value_is_finite"),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lt=float("inf")), name="sample_weight_not_negative"
            ),
        ]


class SampleRevision(models.Model):
    """A value that another one took the place of after its slot had ended: who, when and why."""

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    at = models.DateTimeField()
    segment = models.CharField(max_length=80, default="")
    value = models.FloatField(null=True)
    weight = models.FloatField()
    distribution = models.JSONField(null=True)
    origin = models.CharField(max_length=5, choices=Origin)
    taken_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(db_default=Now())
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["metric", "at"], name="revision_of")]


class Rollup(models.Model):
    """All samples of a metric that fall in one hour or day of the squad, folded.

    count: samples with a value (a timer: things timed); total: their sum; weight: their weights' sum;
    weighted: the sum of value x weight; reading: the metric's statistic over the period, None when nothing happened.
    """

    class Grain(models.TextChoices):
        HOUR = "hour"
        DAY = "day"

    pk = models.CompositePrimaryKey("metric", "grain", "start", "segment")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="rollups", db_index=False)
    grain = models.CharField(max_length=4, choices=Grain)
    start = models.DateTimeField()
    segment = models.CharField(max_length=80, default="")
    samples = models.PositiveIntegerField()
    count = models.FloatField()
    total = models.FloatField(null=True)
    weight = models.FloatField()
    weighted = models.FloatField(null=True)
    lowest = models.FloatField(null=True)
    highest = models.FloatField(null=True)
    first = models.FloatField(null=True)
    last = models.FloatField(null=True)
    distribution = models.JSONField(null=True)
    reading = models.FloatField(null=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(samples__gt=0), name="rollup_of_something"),
            models.CheckConstraint(condition=Q(lowest=None) | Q(lowest__lte=F("highest")), name="rollup_in_order"),
        ]
