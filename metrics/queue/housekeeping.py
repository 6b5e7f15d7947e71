"""Removes what nobody looks at any more, a little at a time."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from mdd.models import Operation
from metrics.models import Backfill, Refresh

RUN_LOG = timedelta(days=90)
OPERATIONS = timedelta(days=7)
AT_ONCE = 5_000


def tidy() -> None:
    """Run log, sessions, operation keys and limits of sign-in that are past their time."""
    now = timezone.now()
    old = Refresh.objects.filter(finished_at__lt=now - RUN_LOG).values("pk")[:AT_ONCE]
    Refresh.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    Backfill.objects.filter(at__lt=now - RUN_LOG, refreshes=None).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    Operation.objects.filter(at__lt=now - OPERATIONS).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mdd_cache WHERE expires < %s", [now])
