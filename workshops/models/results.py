"""Showing what came of a workshop to people outside of the squad."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from mdd.models.links import SecretLink

from .workshops import Workshop


class ResultLinkQuerySet(models.QuerySet["ResultLink"]):
    def open_at(self, now: datetime) -> Self:
        """Those that still show something: not withdrawn, not expired."""
        return self.filter(withdrawn_at=None, expires_at__gt=now)


class ResultLink(SecretLink):
    """Whoever has the link reads the result of one workshop until it expires, and nothing else."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="result_links")

    objects = ResultLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="result_link_lasts_a_while"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="result_link_keeps_a_hash_only"),
        ]
