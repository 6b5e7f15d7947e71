"""Filling in what a decision is made of."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import reassessments as actions
from metrics.actions.reassessments import Answers
from metrics.forms.reassessments import Sheet
from metrics.models import Goal, Reassessment, Ruling
from metrics.views import prompt as prompts
from tests.reassess.builders import DAY, asked, fill, reach


def off_pace(squad: Squad) -> Goal:
    now = timezone.now()
    return reach(fill(asked(squad, now=now), *[70.0] * 20, now=now), today=now.astimezone(squad.tz).date())


def today(squad: Squad) -> Any:
    return timezone.now().astimezone(squad.tz).date()


def typed(**fields: Any) -> dict[str, Any]:
    wanted = {"why": "Nobody calls back", "solvable": "yes", "reason": "Worth one more try", "operation": uuid4()}
    return wanted | fields


def to_keep(squad: Squad, owner: User, **fields: Any) -> dict[str, Any]:
    kept = {
        "keep-text": "Call back within an hour",
        "keep-owner": owner.pk,
        "keep-due": (today(squad) + 7 * DAY).isoformat(),
        "keep-next_review": (today(squad) + 28 * DAY).isoformat(),
    }
    return typed(decision="keep", **kept) | fields


def to_retire(**fields: Any) -> dict[str, Any]:
    return typed(decision="retire", reason="Nobody would act on it", **fields)


def decide(prompt: Reassessment, data: dict[str, Any], by: User) -> Ruling:
    prompt = Reassessment.objects.select_related("squad", "metric").get(pk=prompt.pk)
    case = prompts.case_of(prompt)
    sheet = prompts.sheet_of(case, data)
    assert isinstance(sheet, Sheet)
    assert sheet.is_valid(), (sheet.questions.errors, sheet.part.errors)
    answers = sheet.questions.cleaned_data
    given = sheet.part.cleaned_data
    return actions.decide(
        case,
        answers=Answers(sheet.chosen, answers.get("why", "x"), answers.get("solvable", "unknown"), "because", given),
        by=by,
    )
