"""Writing down who did what."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from mdd.actors import Actor
from mdd.models import AuditEntry, Squad, User


def record(
    what: str,
    subject: models.Model,
    *,
    by: Actor | None,
    squad: Squad | None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEntry:
    """Append an entry to the caller's transaction. `before` and `after` are plain JSON and hold no secrets."""
    return AuditEntry.objects.create(
        squad=squad,
        by=by if isinstance(by, User) else None,
        what=what,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        before=before,
        after=after,
    )
