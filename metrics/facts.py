"""What was known about a metric when a prompt was raised. Plain JSON: it stays as it is, whatever comes later."""

from __future__ import annotations

from metrics import pace, sentences
from metrics.models import Goal
from metrics.standing import Standing

DAYS = 14


def of(standing: Standing) -> dict[str, object]:
    return {
        "value": standing.value,
        "day": standing.last.day.isoformat() if standing.last else None,
        "unit": standing.metric.unit,
        "status": str(standing.status) if standing.status else None,
        "sentence": sentences.sentence(standing),
        "goal": promised(standing.goal) if standing.goal else None,
        "distance": distance(standing),
        "days": [[seen.day.isoformat(), seen.value] for seen in standing.closed[-DAYS:]],
        "data_at": standing.data_at.isoformat() if standing.data_at else None,
    }


def promised(goal: Goal) -> dict[str, object]:
    return {
        "id": goal.pk,
        "form": goal.form,
        "baseline": goal.baseline,
        "target": goal.target,
        "upper": goal.upper,
        "start": goal.start.isoformat(),
        "due": goal.due.isoformat(),
    }


def distance(standing: Standing) -> float | None:
    if standing.goal is None or standing.value is None:
        return None
    return pace.distance(standing.goal, standing.value)
