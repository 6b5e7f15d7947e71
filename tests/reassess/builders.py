"""Metrics with a past, and prompts about them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from mdd.models import Squad
from metrics.actions import samples
from metrics.models import Action, Goal, Metric, Reassessment
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.triggers import subject_of
from tests.builders import make_goal, make_member, make_metric, make_query

NOW = datetime(2026, 3, 20, 15, 20, tzinfo=UTC)  # 16:20 in Stockholm
TODAY = NOW.date()
DAY = timedelta(days=1)
numbers = count(1)


def asked(squad: Squad, *, now: datetime = NOW, **fields: Any) -> Metric:
    """A gauge where more is better, asked every hour and answered a minute ago."""
    query = make_query(squad, answered_at=now - timedelta(minutes=1))
    return make_metric(squad, **({"query": query, "direction": "up", "unit": "%", "statistic": "mean"} | fields))


def fill(metric: Metric, *days: float | None, now: datetime = NOW) -> Metric:
    """One value a day up to yesterday, each taken when all were over."""
    today = now.astimezone(metric.zone).date()
    at = [midnight(metric, today - (len(days) - n) * DAY) for n in range(len(days))]
    readings = [Reading(metric.pk, start, value) for start, value in zip(at, days, strict=True)]
    samples.keep(readings, origin=Origin.PULL, taken_at=now)
    return metric


def midnight(metric: Metric, day: date) -> datetime:
    return datetime.combine(day, time(), metric.zone)


def reach(metric: Metric, *, today: date = TODAY, **fields: Any) -> Goal:
    """From 70 to 82 within three months, a month ago begun: 74 is where it should be by now."""
    wanted = {"baseline": 70.0, "target": 82.0, "start": today - 30 * DAY, "due": today + 60 * DAY}
    return make_goal(metric, **(wanted | fields))


def make_prompt(goal: Goal, **fields: Any) -> Reassessment:
    metric = goal.metric
    subject = subject_of(goal)
    today = timezone.now().astimezone(metric.zone).date()
    wanted: dict[str, Any] = {
        "squad": metric.squad,
        "metric": metric,
        "trigger": "off-pace",
        "occasion": f"{subject}:{next(numbers)}",
        "subject": subject,
        "title": metric.question,
        "facts": {"sentence": "5.6 short of 82.", "value": 71.0, "unit": "%", "day": "2026-03-19"},
        "due": today + 7 * DAY,
    }
    return Reassessment.objects.create(**(wanted | fields))


def make_action(prompt: Reassessment, **fields: Any) -> Action:
    owner = fields.get("owner") or make_member(prompt.squad)
    wanted: dict[str, Any] = {
        "squad": prompt.squad,
        "metric": prompt.metric,
        "reassessment": prompt,
        "text": "Call back within an hour",
        "owner": owner,
        "due": prompt.due,
        "by": owner,
    }
    return Action.objects.create(**(wanted | fields))
