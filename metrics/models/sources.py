"""Where numbers come from: sources of the organisation, granted to squads, and the squads' queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import Squad, User
from metrics.slots import Cadence


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, actor: Actor) -> Self:
        """An operator sees all; others see what is granted to a squad of theirs, or to all."""
        if not isinstance(actor, User):
            return self.none()
        if actor.is_staff:
            return self
        granted = SourceGrant.objects.filter(in_squads_of(actor, "squad"))
        return self.filter(Q(is_for_all=True) | Q(pk__in=granted.values("source")))

    def with_signs(self) -> Self:
        """Add `squads`, `answered_at`, and `is_failing`: the last check failed and no query was answered since."""
        counted = self.annotate(squads=Count("grants", distinct=True), answered_at=Max("queries__answered_at"))
        is_latest = Q(answered_at=None) | Q(checked_at__gt=F("answered_at"))
        return counted.annotate(is_failing=Q(health__has_key="error") & is_latest)

    def granted_to(self, squad: Squad) -> Self:
        return self.filter(Q(is_for_all=True) | Q(grants__squad=squad)).distinct()


class Source(models.Model):
    """A system that can be asked for numbers. Owned by the organisation."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    config = models.JSONField(default=dict)
    sealed = models.BinaryField(default=bytes)
    is_for_all = models.BooleanField(_("granted to all squads"), default=False)
    concurrency = models.PositiveSmallIntegerField(
        _("queries at once"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    seconds = models.PositiveSmallIntegerField(
        _("longest query (seconds)"), default=15, validators=[MinValueValidator(1), MaxValueValidator(45)]
    )
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    health = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_a_name"),
            models.CheckConstraint(condition=Q(concurrency__gte=1, seconds__gte=1), name="source_limits_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    def unique_error_message(self, *_args: Any) -> ValidationError:
        """Only the name is."""
        return ValidationError(_("Another source has this name."), code="unique")


class SourceGrant(models.Model):
    """A squad may ask a source."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="grants")
    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="source_grants")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "squad"], name="source_granted_once")]


class QueryQuerySet(models.QuerySet["Query"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))


class Query(models.Model):
    """One question to a source, asked for each slot. Metrics that name its columns share it.

    `next_slot` is the first slot that has no refresh yet; `answered_at` the time of the last good answer;
    the error columns tell why the latest attempt failed and are empty after a good one. `misfits`: why single metrics
    read nothing from it, by their ids.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="queries")
    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="queries")
    text = models.TextField(_("query"), max_length=20_000)
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence, default=Cadence.DAY)
    grace = models.DurationField(_("wait after a slot has ended"), default=timedelta(0))
    is_running = models.BooleanField(default=True)
    next_slot = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=400, blank=True)
    error_at = models.DateTimeField(null=True)
    misfits = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    objects = QueryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_slot"], condition=Q(is_running=True), name="query_due")]
        constraints = [
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="query_cadence_known"),
            models.CheckConstraint(condition=Q(grace__gte=timedelta(0)), name="query_grace_not_negative"),
            models.CheckConstraint(
                condition=Q(error_code="", error_at=None) | (~Q(error_code="") & Q(error_at__isnull=False)),
                name="query_error_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        """The query in one line of a list."""
        start = Truncator(" ".join(self.text.split())).chars(70)
        return f"#{self.pk} · {Cadence(self.cadence).label} · {start}"
