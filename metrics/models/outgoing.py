"""What all mail of the outbox has: each is written down before it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound="Outgoing")


class OutgoingQuerySet(models.QuerySet[M]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=Outgoing.State.WAITING, due_at__lte=now)

    def silent(self, now: datetime) -> Self:
        """Those whose sender went silent: nobody knows whether the mail went out."""
        return self.filter(state=Outgoing.State.SENDING, lease_until__lte=now)


class Outgoing(models.Model):
    """A mail that is sent once; repeated only if we die while sending."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNKNOWN = "unknown", _("perhaps sent")

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=("waiting", "sending")), name="%(class)s_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent") ^ Q(sent_at=None), name="%(class)s_sent_exactly_with_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="sending") ^ Q(lease_until=None), name="%(class)s_is_held_exactly_while_sending"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sending", "sent", "failed", "unknown")),
                name="%(class)s_state_known",
            ),
        ]
