"""Where a metric should be, by when, and what happens if it is not."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import User

from .metrics import Metric


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "metric__squad"))

    def active(self) -> Self:
        return self.filter(state=Goal.State.ACTIVE)

    def drafts(self) -> Self:
        """Those that wait for a measured baseline."""
        return self.filter(state=Goal.State.DRAFT)


def just(expression: str) -> Func:
    """A range that holds one number: equality that an exclusion constraint can use without an extension."""
    number = Cast(F(expression), models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


def days(until: str, bounds: str) -> Func:
    return Func(F("start"), F(until), Value(bounds), function="daterange", output_field=DateRangeField())


def finite(field: str) -> Q:
    """The database orders NaN above infinity, so one comparison keeps both out."""
    return Q(**{field: None}) | Q(**{f"{field}__gt": float("-inf"), f"{field}__lt": float("inf")})


class Goal(models.Model):
    """From a baseline to a target by a date. Once active it is ended, never edited (triggers hold it).

    A draft waits for its baseline to be measured and is in force for nobody.
    In force from `start` through `due`; once ended, from `start` up to the day before `ended_on`.
    """

    class Form(models.TextChoices):
        REACH = "reach", _("reach")
        STAY_ABOVE = "stay-above", _("stay at or above")
        STAY_BELOW = "stay-below", _("stay at or below")
        STAY_WITHIN = "stay-within", _("stay within")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="goals")
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.REACH)
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    target = models.FloatField(_("target"))
    upper = models.FloatField(_("upper end"), null=True, blank=True)
    start = models.DateField(_("from"))
    due = models.DateField(_("by"))
    if_wrong = models.CharField(_("if this goes wrong we will"), max_length=300)
    why_this_number = models.CharField(_("why this number"), max_length=300, blank=True)
    review_date = models.DateField(_("look at it again on"), null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.ACTIVE)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    succeeded_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="succeeds")

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric"], condition=Q(state="active"), name="goal_one_active_per_metric"),
            models.UniqueConstraint(fields=["metric"], condition=Q(state="draft"), name="goal_one_draft_per_metric"),
            ExclusionConstraint(
                name="goal_periods_do_not_overlap",
                expressions=[
                    (just("metric_id"), RangeOperators.OVERLAPS),
                    (
                        Case(When(ended_on=None, then=days("due", "[]")), default=days("ended_on", "[)")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="draft"),
            ),
            models.CheckConstraint(condition=Q(start__lt=F("due")), name="goal_starts_before_it_is_due"),
            models.CheckConstraint(condition=~Q(if_wrong=""), name="goal_says_what_if_wrong"),
            models.CheckConstraint(
                condition=~Q(form="reach")
                | Q(state="draft", baseline=None)
                | Q(baseline__isnull=False) & ~Q(baseline=F("target")),
                name="goal_to_reach_has_a_way_to_go",
            ),
            models.CheckConstraint(
                condition=Q(form="stay-within", upper__isnull=False, upper__gt=F("target"))
                | ~Q(form="stay-within") & Q(upper=None),
                name="goal_within_has_two_ends",
            ),
            models.CheckConstraint(condition=Q(state="ended") ^ Q(ended_on=None), name="goal_ended_exactly_with_a_day"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("start")), name="goal_ends_after_it_started"
            ),
            models.CheckConstraint(
                condition=finite("target") & finite("baseline") & finite("upper"), name="goal_numbers_are_finite"
            ),
            models.CheckConstraint(
                condition=Q(form__in=("reach", "stay-above", "stay-below", "stay-within")), name="goal_form_known"
            ),
            models.CheckConstraint(condition=Q(state__in=("draft", "active", "ended")), name="goal_state_known"),
        ]

    @property
    def ends(self) -> tuple[float, ...]:
        """The target, and the upper end of a goal to stay within."""
        return (self.target,) if self.upper is None else (self.target, self.upper)
