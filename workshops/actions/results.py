"""Showing the result of a workshop outside of the squad, by a link that ends."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from mdd.actions import audit
from mdd.actions.invitations import digest_of
from mdd.models import User
from workshops.models import ResultLink, Workshop


@transaction.atomic
def share(workshop: Workshop, *, lasts: timedelta, by: User) -> str:
    """Let whoever has the link read the result for so long. Answers its secret, which is kept nowhere."""
    secret = token_urlsafe(32)
    expires = timezone.now() + lasts
    link = ResultLink.objects.create(workshop=workshop, digest=digest_of(secret), expires_at=expires, by=by)
    after = {"workshop": workshop.pk, "until": expires.isoformat()}
    audit.record("result-shared", link, by=by, squad=workshop.squad, after=after)
    return secret


@transaction.atomic
def withdraw(link: ResultLink, *, by: User) -> None:
    """Show nothing by this link any more."""
    if ResultLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        audit.record("result-withdrawn", link, by=by, squad=link.workshop.squad)
