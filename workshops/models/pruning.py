"""Where everybody is while cards are pruned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .board import Bucket, Card
from .workshops import Workshop


class Pruning(models.Model):
    """The bucket that everybody looks at (None: the loose cards), and the card that is talked about until a moment.

    No row: nobody has chosen yet.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.PROTECT, related_name="pruning")
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, null=True, related_name="+")
    talk = models.ForeignKey(Card, on_delete=models.CASCADE, null=True, related_name="+")
    talk_ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(talk=None, talk_ends_at=None) | Q(talk__isnull=False, talk_ends_at__isnull=False),
                name="pruning_talks_until_a_moment",
            ),
        ]
