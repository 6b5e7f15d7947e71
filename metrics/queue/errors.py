"""What a squad sees of a failure: the query and its tiles say why there is nothing newer."""

from __future__ import annotations

from datetime import datetime

from metrics import hints
from metrics.models import Metric, Query
from metrics.sources.errors import SourceError


def show(query: Query, error: SourceError, now: datetime) -> None:
    """Show on the query, and so on its tiles, why there is nothing newer. The first time of the same trouble stays."""
    told = {"error_code": error.code, "error": error.sentence[:400]}
    if Query.objects.filter(pk=query.pk).exclude(**told).update(**told, error_at=now):
        touch_metrics(query, now)


def touch_metrics(query: Query, now: datetime) -> None:
    Metric.objects.filter(query=query).update(changed_at=now)
    hints.of_metrics(query.metrics.values_list("pk", flat=True))
