"""What people wrote privately, before the squad agreed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, Guest
from mdd.models import Expectation, Finding, User

from .agreements import Agreement
from .templates import QUESTIONS, Stage
from .workshops import Participant, Workshop, in_workshops_of


def shown_to(actor: Actor) -> Q:
    """What is its author's alone until it is revealed. Hidden means not fetched, so not sent."""
    return in_workshops_of(actor, "workshop") & (Q(is_revealed=True) | written_by(actor))


def written_by(actor: Actor, participant: str = "participant") -> Q:
    """Rows whose participant (`participant` is the lookup that leads there) is the actor."""
    match actor:
        case User():
            return Q(**{f"{participant}__user": actor})
        case Guest():
            return Q(**{participant: actor.participant})
        case _:
            return Q(pk__in=())


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(shown_to(actor))


class Answer(models.Model):
    """One raw answer to one of the first three questions. Agreeing turns answers into statements of the squad.

    `agreement` is what it was merged into. In an anonymous workshop nobody is its participant once it is revealed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        AGREED = "agreed", _("agreed")
        ASIDE = "aside", _("set aside")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="answers")
    stage = models.CharField(max_length=12, choices=Stage)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="answers")
    text = models.CharField(_("answer"), max_length=200)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    is_revealed = models.BooleanField(default=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="answers")
    at = models.DateTimeField(db_default=Now())

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workshop", "stage"], name="answer_workshop_stage")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_a_text"),
            models.CheckConstraint(condition=Q(stage__in=QUESTIONS[:3]), name="answer_to_one_of_three_questions"),
            models.CheckConstraint(condition=Q(state__in=("open", "agreed", "aside")), name="answer_state_known"),
        ]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(shown_to(actor))


class Opinion(models.Model):
    """Whether one person thinks that an expectation is met, and how they know. The squad's own word is a Finding."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="opinions")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="opinions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="opinions")
    verdict = models.CharField(max_length=10, choices=Finding.Verdict)
    evidence = models.CharField(_("how do you know?"), max_length=400, blank=True)
    is_revealed = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "expectation", "participant"], name="opinion_one_each_per_expectation"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=("met", "not-met", "unknown")), name="opinion_verdict_known"
            ),
        ]
