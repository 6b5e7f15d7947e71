"""What a squad sees of a failure: the query and its tiles say why there is nothing newer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Value

from metrics import hints
from metrics.models import Metric, Query
from metrics.sources.errors import SourceError


def show(query: Query, error: SourceError, now: datetime) -> None:
    """Show on the query, and so on its tiles, why there is nothing newer. The first time of the same trouble stays."""
    told = {"error_code": error.code, "error": error.sentence[:400], "misfits": error.misfits}
    if Query.objects.filter(pk=query.pk).exclude(**told).update(**told, error_at=now):
        touch_metrics(query, now)


def show_misfits(query: Query, told: Mapping[int, str], now: datetime, **more: Any) -> None:
    """Show why metrics read nothing from the answer, or "" for those that did; of others the word of before stays."""
    merged = Func(
        F("misfits"), Value(told, JSONField()), template="%(expressions)s", arg_joiner=" || ", output_field=JSONField()
    )
    Query.objects.filter(pk=query.pk).update(misfits=merged, **more)
    if query.error_code or any(query.misfits.get(str(pk), "") != sentence for pk, sentence in told.items()):
        touch_metrics(query, now)


def touch_metrics(query: Query, now: datetime) -> None:
    Metric.objects.filter(query=query).update(changed_at=now)
    hints.of_metrics(query.metrics.values_list("pk", flat=True))
