"""How sure people are, at the end, that something will come of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor

from .answers import written_by
from .workshops import Participant, Workshop


class ConfidenceQuerySet(models.QuerySet["Confidence"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own. Others' are only ever counted."""
        return self.filter(written_by(actor))


class Confidence(models.Model):
    """What one person tapped. Private for good: the squad sees how many said what, once enough have."""

    class Value(models.IntegerChoices):
        NOT_AT_ALL = 1, _("not at all")
        HARDLY = 2, _("hardly")
        HALF = 3, _("half")
        RATHER = 4, _("rather")
        VERY = 5, _("very")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="confidences")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="confidences")
    value = models.PositiveSmallIntegerField(choices=Value)
    at = models.DateTimeField(db_default=Now())

    objects = ConfidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "participant"], name="confidence_one_each_per_workshop"),
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="confidence_value_known"),
        ]
