"""Writing answers privately, and revealing them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from workshops.actions.refusals import Refused
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
    if not live.is_new(workshop.topic, operation):
        return
    person = author or by
    Answer.objects.bulk_create(Answer(workshop=workshop, stage=stage, participant=person, text=text) for text in texts)
    payload = {"stage": stage, "count": len(texts)}
    live.record(workshop.topic, "answers-written", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def reword(workshop: Workshop, *, answer: int, text: str, by: Participant, operation: UUID) -> None:
    """Let somebody say their own hidden answer better. Raises Refused once it is revealed."""
    if not live.is_new(workshop.topic, operation):
        return
    mine = own(answer, by)
    mine.text = text
    mine.save(update_fields=["text"])
    note(workshop, "answer-reworded", answer, by, operation)


@transaction.atomic
def take_back(workshop: Workshop, *, answer: int, by: Participant, operation: UUID) -> None:
    """Let somebody remove their own hidden answer. Raises Refused once it is revealed."""
    if not live.is_new(workshop.topic, operation):
        return
    own(answer, by).delete()
    note(workshop, "answer-taken-back", answer, by, operation)


@transaction.atomic
def reveal(workshop: Workshop, *, stage: str, by: Participant, operation: UUID) -> None:
    """Show everybody all that was written for a stage so far."""
    if not live.is_new(workshop.topic, operation):
        return
    Answer.objects.filter(workshop=workshop, stage=stage, is_revealed=False).update(is_revealed=True)
    live.record(workshop.topic, "answers-revealed", operation=operation, by=by.actor, payload={"stage": stage})


@transaction.atomic
def set_aside(workshop: Workshop, *, answer: int, is_aside: bool, by: Participant, operation: UUID) -> None:
    """Put a revealed answer aside, or back among those to talk about. Raises Refused once it is agreed on."""
    if not live.is_new(workshop.topic, operation):
        return
    revealed = Answer.objects.filter(workshop=workshop, pk=answer, is_revealed=True)
    state = Answer.State.ASIDE if is_aside else Answer.State.OPEN
    if not revealed.exclude(state=Answer.State.AGREED).update(state=state):
        raise Refused(_("Somebody has agreed on that one meanwhile."))
    note(workshop, "answer-set-aside" if is_aside else "answer-brought-back", answer, by, operation)


def own(answer: int, by: Participant) -> Answer:
    """The answer as it is now, if it is still its author's alone. Raises Refused."""
    mine = Answer.objects.filter(pk=answer, participant=by, is_revealed=False).first()
    if mine is None:
        raise Refused(_("It has been revealed or taken back meanwhile, so it stays as it is."))
    return mine


def note(workshop: Workshop, kind: str, answer: int, by: Participant, operation: UUID) -> None:
    live.record(workshop.topic, kind, operation=operation, by=by.actor, payload={"answer": answer})
