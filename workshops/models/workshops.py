"""Sessions in which a squad goes from four questions to metrics, and who takes part."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of
from mdd.models import Squad, Topic

from .templates import Stage, Template


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def unfinished(self) -> Self:
        return self.exclude(state=Workshop.State.CLOSED)


class Workshop(models.Model):
    """One round through the stages. It can pause for days; going back to an earlier stage loses nothing."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="workshops")
    title = models.CharField(_("title"), max_length=80)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="workshops")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DELIVER)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    is_anonymous = models.BooleanField(_("nobody learns who wrote what"), default=False)
    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="workshop")
    stage_since = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(db_default=Now())

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["squad", "-started_at"], name="workshop_squad_started")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="workshop_has_a_title"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="workshop_stage_known"),
            models.CheckConstraint(condition=Q(state__in=("open", "paused", "closed")), name="workshop_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshops:workshop", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "workshop__squad"))


class Participant(models.Model):
    """Somebody's place in a workshop. A facilitator reveals, moves and settles; any member may become one."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("facilitator")
        PARTICIPANT = "participant", _("participant")
        OBSERVER = "observer", _("observer")

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=11, choices=Role, default=Role.PARTICIPANT)
    done_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="participant_once_per_workshop"),
            models.CheckConstraint(
                condition=Q(role__in=("facilitator", "participant", "observer")), name="participant_role_known"
            ),
        ]

    @property
    def is_facilitator(self) -> bool:
        return self.role == self.Role.FACILITATOR
