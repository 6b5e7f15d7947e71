"""What people think privately of each expectation, and revealing it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Expectation
from workshops import entered
from workshops.actions import anonymity, writing
from workshops.actions.refusals import TooLate
from workshops.models import Card, Opinion, Participant, Workshop


@transaction.atomic
def say(
    workshop: Workshop,
    *,
    expectation: Expectation,
    verdict: str,
    evidence: str,
    by: Participant,
    operation: UUID,
    voice: Participant | None = None,
) -> None:
    """Keep somebody's opinion, or change it while it is hidden. A `voice` is spoken for.

    Raises TooLate once it is revealed.
    """
    if not writing.is_new(workshop, operation):
        return
    speaker = voice or by
    mine = Opinion.objects.filter(workshop=workshop, expectation=expectation, participant=speaker)
    if is_over(workshop, expectation):
        raise TooLate(
            _("The others’ opinions are open already. Yours would be known by its coming late: say it aloud.")
        )
    if mine.filter(is_revealed=True).exists():
        raise TooLate(_("Your opinion has been revealed, so it stays as it is. Say aloud what changed."))
    if not mine.update(verdict=verdict, evidence=evidence):
        mine.create(workshop=workshop, expectation=expectation, participant=speaker, verdict=verdict, evidence=evidence)
    payload = anonymity.told(workshop, {"expectation": expectation.pk})
    author = anonymity.author(workshop, by)
    live.record(workshop.topic, "opinion-said", operation=operation, by=author, payload=payload)


@transaction.atomic
def reveal(workshop: Workshop, *, by: Participant, operation: UUID, is_sure: bool = False) -> None:
    """Show everybody the opinions so far, without names. Raises Refused where the others can guess them."""
    if not writing.is_new(workshop, operation):
        return
    hidden = Opinion.objects.filter(workshop=workshop, is_revealed=False)
    counted = {entered.COUNT: entered.opinions(hidden)}
    anonymity.reveal(workshop, hidden, is_sure=is_sure)
    live.record(workshop.topic, entered.OPINIONS, operation=operation, by=by.actor, payload=counted)


def is_over(workshop: Workshop, expectation: Expectation) -> bool:
    """Whether an anonymous workshop has opened the opinions about it. It cannot know who has said theirs."""
    said = Opinion.objects.filter(workshop=workshop, expectation=expectation, is_revealed=True)
    return workshop.is_anonymous and said.exists()


def follow(old: Expectation, new: Expectation) -> None:
    """Let cards and opinions of workshops that go on speak of the new wording. What is closed stays as it was."""
    running = Workshop.objects.filter(squad=old.squad).unfinished()
    for model in (Card, Opinion):
        model.objects.filter(expectation=old, workshop__in=running).update(expectation=new)
