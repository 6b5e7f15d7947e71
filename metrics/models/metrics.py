"""A question with an answer over time."""

from __future__ import annotations

from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, Token, in_squads_of
from mdd.models import Expectation, Squad, User
from mdd.models.people import WRITERS
from metrics.slots import Cadence

from .sources import Query


class MetricQuerySet(models.QuerySet["Metric"]):
    def visible_to(self, actor: Actor) -> Self:
        if isinstance(actor, Token):
            return self.asked_for_by(actor)
        return self.filter(in_squads_of(actor, "squad"))

    def asked_for_by(self, link: Token) -> Self:
        """The one metric that a mail asked for: while its link works, and whom it went to still writes in the squad."""
        return self.exclude(state=Metric.State.RETIRED).filter(
            query=None,
            deliveries=link.pk,
            deliveries__expires_at__gt=timezone.now(),
            deliveries__user__is_active=True,
            deliveries__user__memberships__squad=F("squad"),
            deliveries__user__memberships__role__in=WRITERS,
        )

    def with_watch(self) -> Self:
        """Annotate `is_watched`: whether the gate lets the metric on a dashboard (the database's own rule)."""
        return self.annotate(is_watched=is_watched())

    def unwatched(self) -> Self:
        """Those that the gate would keep off."""
        return self.filter(~Q(is_watched()))

    def watched(self) -> Self:
        return self.filter(is_watched())


def is_watched() -> Func:
    return Func("pk", function="metrics_is_watched", output_field=models.BooleanField())


class Metric(models.Model):
    """A question with an answer over time, and one owner.

    Fed by a column of a query, or by hand with a cadence of its own: exactly one of the two.
    `statistic` says how the samples of a period become the one value that is shown and judged.
    """

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        RANGE = "range", _("within a range is good")

    class Instrument(models.TextChoices):
        GAUGE = "gauge", _("gauge: a level at a time, such as a share or a stock")
        COUNTER = "counter", _("counter: how many in each slot, added up over a day")
        TIMER = "timer", _("timer: how long each took, as a distribution")

    class Statistic(models.TextChoices):
        SUM = "sum", _("sum")
        MEAN = "mean", _("mean")
        LAST = "last", _("last")
        MIN = "min", _("lowest")
        MAX = "max", _("highest")
        P50 = "p50", _("median")
        P75 = "p75", _("p75")
        P90 = "p90", _("p90")
        P95 = "p95", _("p95")
        P99 = "p99", _("p99")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        COLLECTING = "collecting", _("collecting")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        RETIRED = "retired", _("retired")

    class Sensitivity(models.TextChoices):
        OPEN = "open", _("open")
        INTERNAL = "internal", _("internal")
        RESTRICTED = "restricted", _("restricted")

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="metrics")
    question = models.CharField(_("question"), max_length=140)
    name = models.CharField(_("short name"), max_length=80)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    direction = models.CharField(_("good direction"), max_length=6, choices=Direction)
    instrument = models.CharField(_("instrument"), max_length=8, choices=Instrument)
    statistic = models.CharField(_("a day's value is the"), max_length=5, choices=Statistic)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.INTERNAL)
    definition = models.TextField(_("definition"), max_length=1000, blank=True)
    why = models.TextField(_("why it matters"), max_length=1000, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="owned_metrics")
    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, null=True, blank=True, related_name="metrics"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    query = models.ForeignKey(Query, on_delete=models.PROTECT, null=True, related_name="metrics")
    column = models.CharField(_("column of the answer"), max_length=63, blank=True)
    hand_cadence = models.CharField(_("how often"), max_length=10, choices=Cadence, blank=True)
    hand_grace = models.DurationField(_("may be late by"), default=timedelta(0))

    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    evaluated_at = models.DateTimeField(null=True)

    objects = MetricQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["squad", "changed_at"], name="metric_changed")]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="metric_asks_a_question"),
            models.CheckConstraint(
                condition=Q(query__isnull=False, hand_cadence="") & ~Q(column="")
                | Q(query=None, column="") & ~Q(hand_cadence=""),
                name="metric_is_fed_by_a_query_or_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "collecting")) | (Q(owner__isnull=False) & ~Q(definition="")),
                name="metric_in_use_has_owner_and_definition",
            ),
            models.CheckConstraint(
                condition=Q(instrument="counter", statistic="sum")
                | Q(instrument="gauge", statistic__in=("mean", "last", "min", "max"))
                | Q(
                    instrument="timer",
                    statistic__in=("mean", "min", "max", "p50", "p75", "p90", "p95", "p99"),
                ),
                name="metric_statistic_fits_its_instrument",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("metrics:metric", args=[self.pk])

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.query.cadence if self.query else self.hand_cadence)

    @property
    def grace(self) -> timedelta:
        return self.query.grace if self.query else self.hand_grace

    @property
    def trouble(self) -> str:
        """Why the latest attempt to ask had nothing for it. What is retired is not asked any more."""
        if self.query is None or self.state == self.State.RETIRED:
            return ""
        return self.query.misfits.get(str(self.pk)) or self.query.error

    @property
    def is_timer(self) -> bool:
        return self.instrument == self.Instrument.TIMER

    @property
    def zone(self) -> ZoneInfo:
        return self.squad.tz

    @property
    def period(self) -> Cadence:
        """What is judged: a day, or a week where there is one value a week."""
        return Cadence.WEEK if self.cadence is Cadence.WEEK else Cadence.DAY
