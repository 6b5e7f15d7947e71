"""What people think that a number is, before anybody has looked."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor

from .answers import written_by
from .board import Bucket
from .workshops import Participant


class GuessQuerySet(models.QuerySet["Guess"]):
    def of(self, actor: Actor) -> Self:
        return self.filter(written_by(actor))


class Guess(models.Model):
    """What one person thinks that the answer to a bucket's question is today, in the bucket's unit.

    It is blind: once the guesses are open, or something in the bucket is measured, no other is taken.
    """

    bucket = models.ForeignKey(Bucket, on_delete=models.PROTECT, related_name="guesses")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="guesses")
    value = models.FloatField(_("your guess"))
    is_revealed = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = GuessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "participant"], name="guess_one_each_per_bucket"),
            models.CheckConstraint(
                condition=Q(value__gt=float("-inf"), value__lt=float("inf")), name="guess_is_a_finite_number"
            ),
        ]
