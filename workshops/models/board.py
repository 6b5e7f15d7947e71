"""The spaghetti board: what is thrown, and the buckets it lands in."""

from __future__ import annotations

from typing import Self
from zlib import crc32

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor
from mdd.models import Expectation
from metrics.models import Dashboard

from .answers import shown_to, written_by
from .workshops import Participant, Workshop, in_workshops_of


class BucketQuerySet(models.QuerySet["Bucket"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_workshops_of(actor, "workshop"))


class Bucket(models.Model):
    """A place for similar cards. Phrased as one question it becomes a dashboard.

    `if_rises` and `if_falls` are the decision test: what the squad will do. No action either way parks it.
    `unit` is what its answer is counted in.
    """

    class Origin(models.TextChoices):
        OFFERED = "offered", _("offered")
        SUGGESTED = "suggested", _("suggested")
        HUMAN = "human", _("human")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="buckets")
    title = models.CharField(_("title"), max_length=60)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.HUMAN)
    position = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(_("as one question"), max_length=140, blank=True)
    unit = models.CharField(_("counted in"), max_length=30, blank=True)
    if_rises = models.CharField(_("if it rises we will"), max_length=200, blank=True)
    if_falls = models.CharField(_("if it falls we will"), max_length=200, blank=True)
    dashboard = models.OneToOneField(Dashboard, on_delete=models.PROTECT, null=True, related_name="source_bucket")
    at = models.DateTimeField(db_default=Now())

    objects = BucketQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="bucket_has_a_title"),
            models.CheckConstraint(
                condition=Q(origin__in=("offered", "suggested", "human")), name="bucket_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stamp(self) -> str:
        """Tells the words that it is phrased in from others: who has seen which, and answered to which."""
        return f"{crc32(repr((self.question, self.unit, self.if_rises, self.if_falls)).encode()):08x}"


class Reason(models.TextChoices):
    """Why a card is parked. Nothing is deleted."""

    DUPLICATE = "duplicate", _("duplicate")
    NO_INFLUENCE = "no-influence", _("we cannot influence it")
    NOT_MEASURABLE = "not-measurable", _("we cannot measure it")
    NO_DECISION = "no-decision", _("no decision would change")
    GAMING = "gaming", _("it invites gaming")
    LATER = "later", _("later")


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(shown_to(actor))

    def of(self, actor: Actor) -> Self:
        """The actor's own, in squads that they are still in."""
        return self.visible_to(actor).filter(written_by(actor))

    def in_play(self) -> Self:
        """On the board: neither parked nor settled."""
        return self.filter(state__in=IN_PLAY)

    def on_board(self) -> Self:
        """In play or kept: everything that is not parked."""
        return self.exclude(state=Card.State.PARKED)

    def uncompared(self) -> Self:
        """On the board for all to see, and not yet compared with the others in these words."""
        return self.on_board().filter(is_revealed=True).exclude(comparison__text=F("text"))

    def survivors(self) -> Self:
        return self.filter(state=Card.State.SURVIVED)

    def parked(self) -> Self:
        return self.filter(state=Card.State.PARKED)


class Card(models.Model):
    """Something a participant threw on the board. Its author's alone until it is revealed.

    `weight` is how often evidence came up.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        METRIC = "metric", _("metric")
        HUNCH = "hunch", _("hunch")
        EVIDENCE = "evidence", _("evidence")

    class State(models.TextChoices):
        THROWN = "thrown", _("thrown")
        GROUPED = "grouped", _("grouped")
        PARKED = "parked", _("parked")
        SURVIVED = "survived", _("survived")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="cards")
    text = models.CharField(_("card"), max_length=140)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUESTION)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="cards")
    bucket = models.ForeignKey(Bucket, on_delete=models.PROTECT, null=True, related_name="cards")
    state = models.CharField(max_length=8, choices=State, default=State.THROWN)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    parked_until = models.DateField(null=True)
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, null=True, related_name="cards")
    weight = models.PositiveIntegerField(default=1)
    is_revealed = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = CardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workshop", "state"], name="card_workshop_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="card_has_a_text"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="card_weighs_something"),
            models.CheckConstraint(
                condition=Q(state="parked") ^ Q(reason=""), name="card_parked_exactly_when_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(parked_until=None) | Q(state="parked"), name="card_comes_back_only_when_parked"
            ),
            models.CheckConstraint(
                condition=~Q(state="grouped") | Q(bucket__isnull=False), name="card_grouped_lies_in_a_bucket"
            ),
            models.CheckConstraint(condition=~Q(state="thrown") | Q(bucket=None), name="card_thrown_lies_in_none"),
            models.CheckConstraint(
                condition=Q(kind__in=("question", "metric", "hunch", "evidence")), name="card_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("thrown", "grouped", "parked", "survived")), name="card_state_known"
            ),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="card_reason_known"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def alike(self) -> list[Card]:
        """The cards on the board that say nearly the same."""
        return [mark.other for mark in self.marks.all() if mark.other.state != Card.State.PARKED]

    @property
    def is_loose(self) -> bool:
        return self.bucket_id is None and self.state != Card.State.PARKED


IN_PLAY = (Card.State.THROWN, Card.State.GROUPED)


class CardWording(models.Model):
    """What a card said before its wording was changed."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="wordings")
    text = models.CharField(max_length=140)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
