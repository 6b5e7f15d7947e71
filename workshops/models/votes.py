"""What each person thinks of cards and buckets: private until revealed, never with a name after."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor

from .answers import written_by
from .board import Bucket, Card, Reason
from .workshops import Participant


class KeepQuerySet(models.QuerySet["Keep"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own. Others' are only ever counted."""
        return self.filter(written_by(actor))


class Keep(models.Model):
    """Whether one person would keep a card or park it, and why."""

    class Value(models.TextChoices):
        KEEP = "keep", _("keep")
        PARK = "park", _("park")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="keeps")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="keeps")
    value = models.CharField(max_length=4, choices=Value)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    at = models.DateTimeField(db_default=Now())

    objects = KeepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "participant"], name="keep_one_each_per_card"),
            models.CheckConstraint(condition=Q(value="park") ^ Q(reason=""), name="keep_parks_exactly_with_a_reason"),
            models.CheckConstraint(condition=Q(value__in=("keep", "park")), name="keep_value_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="keep_reason_known"),
        ]


class VoteQuerySet(models.QuerySet["Vote"]):
    def of(self, actor: Actor) -> Self:
        return self.filter(written_by(actor))


class Vote(models.Model):
    """The dots that one person puts on a bucket."""

    bucket = models.ForeignKey(Bucket, on_delete=models.PROTECT, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="votes")
    dots = models.PositiveSmallIntegerField()
    is_revealed = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "participant"], name="vote_one_each_per_bucket"),
            models.CheckConstraint(condition=Q(dots__gte=1), name="vote_has_a_dot"),
        ]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of(self, actor: Actor) -> Self:
        return self.filter(written_by(actor))

    def to_words_of(self, bucket: Bucket) -> Self:
        """Those that count: others were given to words that the bucket had once."""
        return self.filter(bucket=bucket, about=bucket.stamp)


class Consent(models.Model):
    """Whether one person can live with a bucket's question as the main one. `about` is the stamp of its words then."""

    class Value(models.TextChoices):
        FINE = "fine", _("fine")
        CONCERN = "concern", _("concern")
        OBJECTION = "objection", _("objection")

    bucket = models.ForeignKey(Bucket, on_delete=models.PROTECT, related_name="consents")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="consents")
    about = models.CharField(max_length=8)
    value = models.CharField(max_length=10, choices=Value)
    text = models.CharField(_("what worries you?"), max_length=300, blank=True)
    is_revealed = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "participant", "about"], name="consent_one_each_per_words"),
            models.CheckConstraint(condition=Q(value="fine") | ~Q(text=""), name="consent_says_what_worries"),
            models.CheckConstraint(condition=Q(value__in=("fine", "concern", "objection")), name="consent_value_known"),
        ]
