"""Mails that remind people of a workshop before it meets."""

from __future__ import annotations

from django.db import models

from mdd.models import User
from metrics.models.outgoing import Outgoing, OutgoingQuerySet

from .workshops import Workshop


class Reminder(Outgoing):
    """A mail to somebody who has thrown nothing yet, the day before. Once per person and workshop."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="reminders")

    objects = OutgoingQuerySet["Reminder"].as_manager()

    class Meta(Outgoing.Meta):
        constraints = [
            *Outgoing.Meta.constraints,
            models.UniqueConstraint(fields=["user", "workshop"], name="reminder_once_per_person_and_workshop"),
        ]
