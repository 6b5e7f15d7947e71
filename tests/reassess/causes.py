"""What makes an evaluator raise a prompt."""

from __future__ import annotations

from datetime import datetime, timedelta

from mdd.models import Squad
from metrics import evaluating
from metrics.models import Metric, Query, Reassessment
from tests.reassess.builders import DAY, NOW, TODAY, asked, fill, reach

HOUR = timedelta(hours=1)


def evaluate(now: datetime) -> None:
    """Look at everything, however lately it was looked at."""
    Metric.objects.update(evaluated_at=None)
    evaluating.evaluate(now)


def raised() -> list[str]:
    return list(Reassessment.objects.order_by("pk").values_list("trigger", flat=True))


def missed(squad: Squad) -> Metric:
    metric = fill(asked(squad), 75.0, 75.0)
    reach(metric, due=TODAY - DAY)
    return metric


def stale(squad: Squad) -> Metric:
    metric = fill(asked(squad), 82.0)
    Query.objects.update(answered_at=NOW - 3 * DAY - 4 * HOUR)
    return metric
