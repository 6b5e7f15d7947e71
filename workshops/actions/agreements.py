"""From what people wrote to what the squad says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from mdd import live
from mdd.actions import statements
from mdd.actions.statements import Statement
from mdd.models import Deliverable, Expectation, Finding
from workshops.actions import anonymity, stating, writing
from workshops.actions.refusals import Refused
from workshops.models import SUBJECTS, Agreement, Answer, Assent, Participant, Stage, Workshop


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
    if not writing.is_new(workshop, operation):
        return
    picked = settle(workshop, stage, answers)
    made = stating.state(workshop.squad, stage, said, by=by.member)
    picked.update(agreement=kept(workshop, stage, made, by))
    note(workshop, stage, made.pk, answers, by, operation)


@transaction.atomic
def say_again(
    workshop: Workshop, *, stage: str, statement: Statement, answers: Collection[int], by: Participant, operation: UUID
) -> None:
    """Agree once more on what the squad had said before, out of the answers picked or of none. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    picked = settle(workshop, stage, answers)
    if statement.superseded_by_id:
        raise Refused(_("Somebody has reworded it meanwhile. Look at what it says now."))
    picked.update(agreement=kept(workshop, stage, statement, by))
    note(workshop, stage, statement.pk, answers, by, operation)


@transaction.atomic
def assent(
    workshop: Workshop,
    *,
    agreement: Agreement,
    is_agreed: bool,
    by: Participant,
    operation: UUID,
    voice: Participant | None = None,
) -> None:
    """Say that one agrees, or not any more. A `voice` is spoken for."""
    if not writing.is_new(workshop, operation):
        return
    if is_agreed:
        Assent.objects.get_or_create(agreement=agreement, participant=voice or by)
    else:
        Assent.objects.filter(agreement=agreement, participant=voice or by).delete()
    author = anonymity.author(workshop, by)
    payload = {"agreement": agreement.pk, "is_agreed": is_agreed}
    live.record(workshop.topic, "assent-given", operation=operation, by=author, payload=payload)


@transaction.atomic
def mark_critical(workshop: Workshop, *, deliverable: Deliverable, by: Participant, operation: UUID) -> None:
    """Agree on which deliverable is the most critical one."""
    if not writing.is_new(workshop, operation):
        return
    statements.mark_critical(deliverable, by=by.member)
    payload = {"deliverable": deliverable.pk}
    live.record(workshop.topic, "critical-marked", operation=operation, by=by.actor, payload=payload)


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
    if not writing.is_new(workshop, operation):
        return
    last = latest(expectation)
    if last and last.pk != seen:
        verdict = last.get_verdict_display()
        raise Refused(_("Somebody has agreed on “%(verdict)s” meanwhile. Look at why first.") % {"verdict": verdict})
    finding = statements.find(workshop.squad, expectation=expectation, by=by.member, **said)
    kept(workshop, Stage.MEETING, finding, by)
    payload = {"expectation": expectation.pk, "finding": finding.pk}
    live.record(workshop.topic, "finding-agreed", operation=operation, by=by.actor, payload=payload)


def latest(expectation: Expectation) -> Finding | None:
    return Finding.objects.filter(expectation=expectation).order_by("-at", "-pk").first()


def settle(workshop: Workshop, stage: str, answers: Collection[int]) -> QuerySet[Answer]:
    """Mark the answers as agreed on. Raises Refused where one of them is settled already."""
    picked = Answer.objects.filter(workshop=workshop, stage=stage, pk__in=answers, is_revealed=True)
    if picked.filter(state=Answer.State.OPEN).update(state=Answer.State.AGREED) != len(answers):
        raise Refused(_("Somebody has settled one of these answers meanwhile. Nothing was agreed twice."))
    return picked


def kept(workshop: Workshop, stage: str, subject: Model, by: Participant) -> Agreement:
    """That this workshop said it. Who writes it down agrees."""
    about: dict[str, Any] = {SUBJECTS[Stage(stage)]: subject}
    agreement, _is_new = Agreement.objects.get_or_create(workshop=workshop, stage=stage, **about)
    Assent.objects.get_or_create(agreement=agreement, participant=by)
    return agreement


def note(
    workshop: Workshop, stage: str, statement: int, answers: Collection[int], by: Participant, operation: UUID
) -> None:
    payload = {"stage": stage, "answers": sorted(answers), "statement": statement}
    live.record(workshop.topic, "statement-agreed", operation=operation, by=by.actor, payload=payload)
