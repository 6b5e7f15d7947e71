"""What a squad has agreed on: what it delivers, to whom, what they expect, and whether it is met."""

from __future__ import annotations

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of

from .people import Squad

S = TypeVar("S", bound="Statement")


class StatementQuerySet(models.QuerySet[S]):
    """Reads that every kind of statement has."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def in_force(self) -> Self:
        return self.filter(superseded_by=None)


class Statement(models.Model):
    """Something the squad agreed on. A new one supersedes, nothing is overwritten."""

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="%(class)ss")
    text = models.CharField(max_length=200)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    agreed_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="%(class)s_has_a_text")]

    def __str__(self) -> str:
        return self.text


class Deliverable(Statement):
    """Something the squad ships or keeps running."""

    is_critical = models.BooleanField(default=False)

    objects = StatementQuerySet["Deliverable"].as_manager()

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["squad"],
                condition=Q(is_critical=True, superseded_by=None),
                name="deliverable_one_is_critical",
            ),
        ]


class Customer(Statement):
    """Somebody who defines or uses the squad's work."""

    deliverables = models.ManyToManyField(Deliverable, related_name="customers")

    objects = StatementQuerySet["Customer"].as_manager()


class Expectation(Statement):
    """What a customer expects of a deliverable."""

    class Kind(models.TextChoices):
        TIME = "time", _("On time")
        SPECIFICATION = "specification", _("To specification")
        UNKNOWN_PROBLEM = "unknown-problem", _("Problems they did not know they had")
        QUALITY = "quality", _("Quality and usability")
        COLLABORATION = "collaboration", _("How we work")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="expectations")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="expectations")
    kind = models.CharField(max_length=20, choices=Kind)
    is_measurable = models.BooleanField(default=True)

    objects = StatementQuerySet["Expectation"].as_manager()


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "expectation__squad"))


class Finding(models.Model):
    """Whether an expectation was met when the squad last looked, and how it knows."""

    class Verdict(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not-met", _("Not met")
        UNKNOWN = "unknown", _("We don't know")

    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="findings")
    verdict = models.CharField(max_length=10, choices=Verdict)
    evidence = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=("met", "not-met", "unknown")), name="finding_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="unknown") | ~Q(evidence=""), name="finding_has_evidence_unless_unknown"
            ),
        ]
