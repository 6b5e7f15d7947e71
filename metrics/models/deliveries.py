"""The outbox: messages to people, each written down before it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.models import User

from .metrics import Metric


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=Delivery.State.WAITING, due_at__lte=now)

    def silent(self, now: datetime) -> Self:
        """Those whose sender went silent: nobody knows whether the mail went out."""
        return self.filter(state=Delivery.State.SENDING, lease_until__lte=now)


class Delivery(models.Model):
    """A mail that asks one person for one number of one week. Sent once; repeated only if we die while sending.

    `slot` is the start of the day or week whose value is asked for; the link in the mail works until `expires_at`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNKNOWN = "unknown", _("perhaps sent")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deliveries")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="deliveries")
    week = models.DateField()
    slot = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(state__in=("waiting", "sending")), name="delivery_due")]
        constraints = [
            models.UniqueConstraint(fields=["user", "metric", "week"], name="delivery_once_per_person_metric_and_week"),
            models.CheckConstraint(
                condition=Q(state="sent") ^ Q(sent_at=None), name="delivery_sent_exactly_with_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="sending") ^ Q(lease_until=None), name="delivery_is_held_exactly_while_sending"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("slot")), name="delivery_link_lasts_beyond_its_slot"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sending", "sent", "failed", "unknown")), name="delivery_state_known"
            ),
        ]
