"""From what people wrote to what the squad says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from mdd.actions import statements
from mdd.models import Expectation, Finding
from workshops.actions.refusals import Refused
from workshops.models import Answer, Participant, Stage, Workshop

AGREE: Mapping[str, Callable[..., Any]] = {
    Stage.DELIVER: statements.agree_deliverable,
    Stage.CUSTOMERS: statements.agree_customer,
    Stage.EXPECTATIONS: statements.agree_expectation,
    Stage.MEETING: statements.find,
}


@transaction.atomic
def agree(
    workshop: Workshop,
    *,
    stage: str,
    answers: Collection[int],
    said: Mapping[str, Any],
    by: Participant,
    operation: UUID,
) -> None:
    """Make a lasting statement of the squad out of the answers picked, or of none, and mark them agreed.

    Raises Refused where somebody has settled one of them meanwhile.
    """
    if not live.is_new(workshop.topic, operation):
        return
    picked = Answer.objects.filter(workshop=workshop, stage=stage, pk__in=answers, is_revealed=True)
    if picked.filter(state=Answer.State.OPEN).update(state=Answer.State.AGREED) != len(answers):
        raise Refused(_("Somebody has settled one of these answers meanwhile. Nothing was agreed twice."))
    made = AGREE[stage](workshop.squad, by=by.member, **said)
    payload = {"stage": stage, "answers": sorted(answers), "statement": made.pk}
    live.record(workshop.topic, "statement-agreed", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def find(
    workshop: Workshop,
    *,
    expectation: Expectation,
    seen: int,
    said: Mapping[str, Any],
    by: Participant,
    operation: UUID,
) -> None:
    """Agree on whether an expectation is met.

    Raises Refused where the squad has found something else since the finding that was `seen` (0 for none).
    """
    if not live.is_new(workshop.topic, operation):
        return
    latest = Finding.objects.filter(expectation=expectation).order_by("-at", "-pk").first()
    if latest and latest.pk != seen:
        verdict = latest.get_verdict_display()
        raise Refused(_("Somebody has agreed on “%(verdict)s” meanwhile. Look at why first.") % {"verdict": verdict})
    finding = statements.find(workshop.squad, expectation=expectation, by=by.member, **said)
    payload = {"expectation": expectation.pk, "finding": finding.pk}
    live.record(workshop.topic, "finding-agreed", operation=operation, by=by.actor, payload=payload)
