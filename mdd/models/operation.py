"""The key that makes a repeated write one write."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Operation(models.Model):
    """A write that a form named before it was sent.

    `words` stands for what it said when it was last sent; `result` is the address that this led to.
    """

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.UUIDField(null=True)
    result = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())
