"""What asks to be looked at again, what was decided, and what somebody will do about it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import Squad, User

from .goals import Goal
from .metrics import Metric


class ReassessmentQuerySet(models.QuerySet["Reassessment"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def undecided(self) -> Self:
        return self.filter(ruling=None)

    def awake(self, today: date) -> Self:
        """Undecided, and not put off to a later day."""
        return self.undecided().filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))


class Reassessment(models.Model):
    """A prompt to decide about something, with what was known when it was raised.

    `trigger` names a registered trigger, `occasion` what happened: one occasion raises one prompt, however many
    evaluators see it. `subject` is the row it is about ("metrics.goal:7"); `metric` is set where it is about numbers.
    """

    MOST_SNOOZES = 2

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="reassessments")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, null=True, related_name="reassessments")
    trigger = models.CharField(max_length=30)
    occasion = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    opened_at = models.DateTimeField(db_default=Now())
    due = models.DateField()
    snoozed_until = models.DateField(null=True)
    snoozes = models.PositiveSmallIntegerField(default=0)

    objects = ReassessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["squad", "due"], name="reassessment_squad_due")]
        constraints = [
            models.UniqueConstraint(fields=["trigger", "occasion"], name="reassessment_once_per_occasion"),
            models.CheckConstraint(condition=Q(snoozes__lte=2), name="reassessment_snoozed_twice_at_most"),
            models.CheckConstraint(
                condition=Q(snoozed_until=None) ^ Q(snoozes__gt=0), name="reassessment_snooze_counts"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="reassessment_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("metrics:reassessment", args=[self.pk])


class RulingQuerySet(models.QuerySet["Ruling"]):
    def in_force(self) -> Self:
        """About numbers in use, and replaced by no later one about the same thing; who keeps it is a thing apart."""
        is_about_owner = Q(reassessment__trigger="owner-gone")
        later = Ruling.objects.annotate(is_about_owner=is_about_owner).filter(
            reassessment__subject=OuterRef("reassessment__subject"),
            is_about_owner=OuterRef("is_about_owner"),
            pk__gt=OuterRef("pk"),
        )
        numbers = self.annotate(is_about_owner=is_about_owner).filter(reassessment__metric__isnull=False)
        return numbers.filter(~Exists(later)).exclude(reassessment__metric__state=Metric.State.RETIRED)


class Ruling(models.Model):
    """What was decided about a reassessment, by whom and why. No row: it is still open."""

    class Solvable(models.TextChoices):
        YES = "yes", _("yes")
        WITH_HELP = "with-help", _("with help")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("we don't know")

    class Decision(models.TextChoices):
        KEEP = "keep", _("keep")
        ADJUST = "adjust", _("adjust")
        RETIRE = "retire", _("retire")

    reassessment = models.OneToOneField(Reassessment, on_delete=models.PROTECT, related_name="ruling")
    why = models.CharField(_("why does the gap exist?"), max_length=500)
    solvable = models.CharField(_("is it solvable?"), max_length=10, choices=Solvable)
    decision = models.CharField(_("what do we do?"), max_length=10, choices=Decision)
    reason = models.CharField(_("why this decision"), max_length=500)
    next_review = models.DateField(_("look at it again on"), null=True)
    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, null=True, related_name="ruling")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = RulingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="ruling_says_why_the_gap_exists"),
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(decision="keep") | Q(next_review__isnull=False), name="ruling_keeps_until_a_day"
            ),
            models.CheckConstraint(condition=Q(goal=None) | Q(decision="adjust"), name="ruling_adjusts_by_a_goal"),
            models.CheckConstraint(
                condition=Q(decision__in=("keep", "adjust", "retire")), name="ruling_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(solvable__in=("yes", "with-help", "no", "unknown")), name="ruling_solvable_known"
            ),
        ]


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def to_do(self) -> Self:
        return self.filter(done_at=None)


class Action(models.Model):
    """Something that one person will do until a day to move a number, and what it is expected to change."""

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="actions")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, null=True, related_name="actions")
    reassessment = models.ForeignKey(Reassessment, on_delete=models.PROTECT, null=True, related_name="actions")
    text = models.CharField(_("what we will do"), max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_actions")
    due = models.DateField(_("until"))
    expected_effect = models.CharField(_("what it should change"), max_length=200, blank=True)
    effect_seen = models.CharField(_("what it changed"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="action_has_a_text")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("metrics:action", args=[self.pk])
