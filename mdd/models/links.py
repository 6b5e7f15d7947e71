"""Links that are a right: whoever has one may do what it is for, until it ends."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SecretLink(models.Model):
    """`digest` is the SHA-256 of the secret in the link, which is kept nowhere, so it is shown once."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
