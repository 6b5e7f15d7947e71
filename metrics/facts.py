"""What was known about a metric when a prompt was raised. Plain JSON: it stays as it is, whatever comes later."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from metrics import pace, sentences
from metrics.models import Goal, Reassessment
from metrics.standing import Standing

DAYS = 14


def of(standing: Standing | None, says: Callable[[], str] = str) -> dict[str, object]:
    """`says` is the sentence of what was found, where the metric's own does not tell."""
    if standing is None:
        return told(says)
    return measured(standing) | told(lambda: says() or sentences.sentence(standing))


def told(says: Callable[[], str]) -> dict[str, object]:
    """A sentence in each language: who raises it does not know who will read it."""
    sentence, *others = [in_language(code, says) for code in (settings.LANGUAGE_CODE, *languages())]
    return {"sentence": sentence, "sentences": dict(zip(languages(), others, strict=True))} if sentence else {}


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def in_language(code: str, says: Callable[[], str]) -> str:
    with translation.override(code):
        return says()


def sentence_of(prompt: Reassessment) -> str:
    """In the language of the page, where it was raised in it."""
    kept = prompt.facts.get("sentences", {}).get(translation.get_language())
    return str(kept or prompt.facts.get("sentence", ""))


def measured(standing: Standing) -> dict[str, object]:
    return {
        "value": standing.value,
        "day": standing.last.day.isoformat() if standing.last else None,
        "unit": standing.metric.unit,
        "status": str(standing.status) if standing.status else None,
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
