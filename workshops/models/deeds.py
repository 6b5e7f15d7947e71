"""What people did to what is theirs alone."""

from __future__ import annotations

from django.db import models

from .workshops import Participant


class Deed(models.Model):
    """One step that changed rows which only its author may read, for taking it back: the log says nothing of them.
    `turned_by` is the operation that last undid or redid it.

    An anonymous workshop forgets its deeds whenever it cuts authors loose.
    """

    by = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="deeds")
    operation = models.UUIDField()
    rows = models.JSONField()
    turned_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "operation"], name="deed_once_per_operation")]
