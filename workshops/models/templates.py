"""What a workshop asks and how long each stage may take."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import Squad


class Stage(models.TextChoices):
    """The stages of a workshop, in their order: the four questions, then the spaghetti board."""

    DELIVER = "deliver", _("Deliver")
    CUSTOMERS = "customers", _("Customers")
    EXPECTATIONS = "expectations", _("Expect")
    MEETING = "meeting", _("Meet?")
    THROW = "throw", _("Throw")
    GROUP = "group", _("Group")
    PRUNE = "prune", _("Prune")
    FOCUS = "focus", _("Focus")
    WRAP_UP = "wrap-up", _("Wrap-up")

    @property
    def place(self) -> int:
        """Counted from 0."""
        return PLACES[self]

    @property
    def is_question(self) -> bool:
        return self in QUESTIONS


PLACES = {stage: place for place, stage in enumerate(Stage)}
APART = (Stage.THROW, Stage.GROUP)  # what groups of a workshop do by themselves
QUESTIONS = (Stage.DELIVER, Stage.CUSTOMERS, Stage.EXPECTATIONS, Stage.MEETING)


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))


class Template(models.Model):
    """A squad's own copy of how a workshop runs, made from what ships (`workshops.shipped`) and edited freely."""

    class Path(models.TextChoices):
        WHOLE = "whole", _("The whole loop, together")
        ALONE = "alone", _("The short loop, alone")

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="templates")
    path = models.CharField(max_length=5, choices=Path)
    changed_at = models.DateTimeField(db_default=Now())

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["squad", "path"], name="template_once_per_path"),
            models.CheckConstraint(condition=Q(path__in=("whole", "alone")), name="template_path_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_path_display())

    @property
    def is_solo(self) -> bool:
        return self.path == self.Path.ALONE


class TimeBox(models.Model):
    """A stage of a template: its minutes, and its prompts, one a line. A stage without a box is left out."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="boxes")
    stage = models.CharField(max_length=12, choices=Stage)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    prompts = models.TextField(_("prompts"), max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "stage"], name="time_box_once_per_stage"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=240), name="time_box_lasts_a_while"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="time_box_stage_known"),
        ]
