"""Writing answers privately, and revealing them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mdd import live
from mdd.actors import Actor
from workshops import blind, shuffling
from workshops.actions import anonymity, writing
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Answer, Participant, Workshop


@transaction.atomic
def write(
    workshop: Workshop,
    *,
    stage: str,
    texts: Sequence[str],
    by: Participant,
    operation: UUID,
    author: Participant | None = None,
) -> None:
    """Keep what somebody wrote for a stage, hidden from the others. It may come after the others have moved on.

    An `author` without a device is written for by a facilitator, and is the author all the same.
    """
    if not writing.is_new(workshop, operation):
        return
    at, person = anonymity.moment(workshop), author or by
    Answer.objects.bulk_create(
        Answer(workshop=workshop, stage=stage, participant=person, text=text, at=at) for text in texts
    )
    payload = {"stage": stage, "count": len(texts)}
    who = anonymity.author(workshop, by)
    live.record(workshop.topic, "answers-written", operation=operation, by=who, payload=payload)


@transaction.atomic
def reword(workshop: Workshop, *, answer: int, text: str, by: Participant, operation: UUID) -> None:
    """Let somebody say their own hidden answer better. Raises TooLate once it is revealed."""
    if not writing.is_new(workshop, operation):
        return
    mine = own(answer, by, late=TooLate)
    mine.text = text
    mine.save(update_fields=["text"])
    note(workshop, "answer-reworded", answer, anonymity.author(workshop, by), operation)


@transaction.atomic
def take_back(workshop: Workshop, *, answer: int, by: Participant, operation: UUID) -> None:
    """Let somebody remove their own hidden answer. Raises Refused once it is revealed."""
    if not writing.is_new(workshop, operation):
        return
    own(answer, by).delete()
    note(workshop, "answer-taken-back", answer, anonymity.author(workshop, by), operation)


@transaction.atomic
def reveal(workshop: Workshop, *, stage: str, by: Participant, operation: UUID, is_sure: bool = False) -> None:
    """Show everybody all that was written for a stage so far. Raises Refused where the others can guess who wrote."""
    if not writing.is_new(workshop, operation):
        return
    anonymity.reveal(workshop, hidden(workshop, stage), is_sure=is_sure)
    live.record(workshop.topic, blind.REVEALED, operation=operation, by=by.actor, payload={"stage": stage})


@transaction.atomic
def reveal_next(workshop: Workshop, *, stage: str, by: Participant, operation: UUID, is_sure: bool = False) -> None:
    """Show everybody one more answer. An anonymous workshop cuts all of them loose first. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    written = hidden(workshop, stage)
    if workshop.is_anonymous:
        anonymity.check(workshop, written, is_sure=is_sure)
        anonymity.cut_loose(workshop, written.filter(participant__isnull=False), is_revealed=False)
    if not (waiting := sorted(written, key=shuffling.place)):
        raise Refused(_("Nothing lies face down any more."))
    written.filter(pk=waiting[0].pk).update(is_revealed=True)
    payload = {"stage": stage, "answer": waiting[0].pk}
    live.record(workshop.topic, blind.REVEALED, operation=operation, by=by.actor, payload=payload)


def hidden(workshop: Workshop, stage: str) -> QuerySet[Answer]:
    return Answer.objects.filter(workshop=workshop, stage=stage, is_revealed=False)


@transaction.atomic
def set_aside(workshop: Workshop, *, answer: int, is_aside: bool, by: Participant, operation: UUID) -> None:
    """Put a revealed answer aside, or back among those to talk about. Raises Refused once it is agreed on."""
    if not writing.is_new(workshop, operation):
        return
    revealed = Answer.objects.filter(workshop=workshop, pk=answer, is_revealed=True)
    state = Answer.State.ASIDE if is_aside else Answer.State.OPEN
    if not revealed.exclude(state=Answer.State.AGREED).update(state=state):
        raise Refused(_("Somebody has agreed on that one meanwhile."))
    note(workshop, "answer-set-aside" if is_aside else "answer-brought-back", answer, by.actor, operation)


def own(answer: int, by: Participant, late: type[Refused] = Refused) -> Answer:
    """The answer as it is now, if it is still its author's alone. Raises what is to be said of its coming `late`."""
    mine = Answer.objects.filter(pk=answer, participant=by, is_revealed=False).first()
    if mine is None:
        raise late(_("It has been revealed or taken back meanwhile, so it stays as it is."))
    return mine


def note(workshop: Workshop, kind: str, answer: int, by: Actor | None, operation: UUID) -> None:
    live.record(workshop.topic, kind, operation=operation, by=by, payload={"answer": answer})
