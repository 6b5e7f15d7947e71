"""Mails that ask for numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mdd.models import User

from .metrics import Metric
from .outgoing import Outgoing, OutgoingQuerySet


class Delivery(Outgoing):
    """A mail that asks one person for one number of one week. Sent once; repeated only if we die while sending.

    `slot` is the start of the day or week whose value is asked for; the link in the mail works until `expires_at`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deliveries")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="deliveries")
    week = models.DateField()
    slot = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = OutgoingQuerySet["Delivery"].as_manager()

    class Meta(Outgoing.Meta):
        constraints = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(fields=["user", "metric", "week"], name="delivery_once_per_person_metric_and_week"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("slot")), name="delivery_link_lasts_beyond_its_slot"),
        ]
