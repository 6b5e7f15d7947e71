"""What makes an evaluator raise a prompt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mdd.models import Membership, Squad, User
from metrics import evaluating
from metrics.models import Metric, Query, Reassessment, Ruling
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


def ownerless(squad: Squad) -> None:
    metric = fill(asked(squad), 82.0)
    Membership.objects.filter(user=metric.owner).delete()


def ruled(prompt: Reassessment, by: User, **fields: Any) -> Ruling:
    wanted = {"why": "x", "solvable": "yes", "decision": "keep", "reason": "x", "next_review": TODAY + 7 * DAY}
    return Ruling.objects.create(reassessment=prompt, by=by, **(wanted | fields))
