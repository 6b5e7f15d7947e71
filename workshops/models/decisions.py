"""What came out of a workshop: the main question, and survivors that became metrics."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor

from .board import Bucket, Card
from .workshops import Workshop, in_workshops_of


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_workshops_of(actor, "workshop"))


class Decision(models.Model):
    """The one main question, in the words of the day. Deciding again makes the next number; the last one counts."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    bucket = models.ForeignKey(Bucket, on_delete=models.PROTECT, related_name="decisions")
    question = models.CharField(_("main question"), max_length=140)
    if_rises = models.CharField(_("if it rises we will"), max_length=200)
    if_falls = models.CharField(_("if it falls we will"), max_length=200)
    gaming = models.CharField(_("how it could be gamed"), max_length=300)
    guardrail = models.CharField(_("what must not get worse meanwhile"), max_length=140)
    dissent = models.TextField(_("dissent"), max_length=2000, blank=True)
    review_date = models.DateField(_("look at it again on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="decision_once_per_number"),
            models.CheckConstraint(condition=~Q(question=""), name="decision_asks_a_question"),
            models.CheckConstraint(condition=~Q(if_rises="", if_falls=""), name="decision_leads_to_an_action"),
            models.CheckConstraint(condition=~Q(guardrail=""), name="decision_has_a_guardrail"),
        ]

    def __str__(self) -> str:
        return self.question


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_workshops_of(actor, "card__workshop"))


class Adoption(models.Model):
    """The moment a survivor became a metric. No row: it has not."""

    card = models.OneToOneField(Card, on_delete=models.PROTECT, related_name="adoption")
    metric = models.OneToOneField("metrics.Metric", on_delete=models.PROTECT, related_name="adoption")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = AdoptionQuerySet.as_manager()
