"""Which cards are alike: marks that everybody sees, and groups that were suggested to one person."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from .board import Bucket, Card
from .workshops import Participant


class Comparison(models.Model):
    """A card was compared with all others in these words. Without a row, or in other words, that is still wanted."""

    card = models.OneToOneField(Card, on_delete=models.CASCADE, related_name="comparison")
    text = models.CharField(max_length=140)


class Mark(models.Model):
    """One card says nearly the same as another; each of the two has its row."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="marks")
    other = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "other"], name="mark_once_a_pair"),
            models.CheckConstraint(condition=~Q(card=F("other")), name="mark_joins_two_cards"),
        ]


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def of(self, by: Participant) -> Self:
        return self.filter(by=by).select_related("bucket").prefetch_related("cards__card__bucket").order_by("pk")


class Suggestion(models.Model):
    """A group that somebody asked for and has neither accepted nor dismissed: a new bucket, or more for one."""

    by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="suggestions")
    title = models.CharField(max_length=60, blank=True)
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bucket=None) ^ Q(title=""), name="suggestion_names_a_new_bucket_or_another"
            ),
        ]


class SuggestedCard(models.Model):
    """A loose card of a suggested group, in the words that made it alike."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="cards")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=140)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["suggestion", "card"], name="suggested_card_once_a_group")]
