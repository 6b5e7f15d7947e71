"""What is written down about writes and processes."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from .people import Squad


class AuditEntry(models.Model):
    """Who did what to which thing. Append-only (a trigger holds it); never a secret."""

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["squad", "-at"], name="audit_squad_at")]


class Heartbeat(models.Model):
    """The last sign of life of a process, by name ("worker:<queue>", "beat")."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
