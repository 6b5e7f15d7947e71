"""What happens to cards before they are grouped: thrown, worded, taken back, revealed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Expectation
from workshops.actions.refusals import Refused
from workshops.models import Card, CardWording, Participant, Workshop
from workshops.thoughts import Thought


@transaction.atomic
def throw(
    workshop: Workshop,
    *,
    thoughts: Sequence[Thought],
    expectation: Expectation | None,
    is_hidden: bool,
    by: Participant,
    operation: UUID,
    author: Participant | None = None,
) -> None:
    """Throw cards on the board, face down for the others while `is_hidden`. An `author` is thrown for by another."""
    if not live.is_new(workshop.topic, operation):
        return
    thrown = Card.objects.bulk_create(
        Card(
            workshop=workshop,
            text=each.text,
            kind=each.kind,
            participant=author or by,
            expectation=expectation,
            is_revealed=not is_hidden,
        )
        for each in thoughts
    )
    live.record(
        workshop.topic,
        "cards-thrown",
        operation=operation,
        by=by.actor,
        payload={"cards": [card.pk for card in thrown]},
    )


@transaction.atomic
def reword(
    card: Card, *, text: str, kind: str, expectation: Expectation | None, by: Participant, operation: UUID
) -> None:
    """Say it in other words. What everybody has read is kept beside the new wording."""
    if not live.is_new(card.workshop.topic, operation):
        return
    card = Card.objects.select_for_update().select_related("workshop__topic").get(pk=card.pk)
    if card.is_revealed and card.text != text:
        CardWording.objects.create(card=card, text=card.text, by=by)
    card.text, card.kind, card.expectation = text, kind, expectation
    card.save(update_fields=["text", "kind", "expectation"])
    live.record(card.workshop.topic, "card-reworded", operation=operation, by=by.actor, payload={"card": card.pk})


@transaction.atomic
def take_back(workshop: Workshop, *, card: int, by: Participant, operation: UUID) -> None:
    """Unthrow one's own card while nobody else has seen it."""
    if not live.is_new(workshop.topic, operation):
        return
    own = Card.objects.filter(workshop=workshop, pk=card, participant=by)
    if own.filter(is_revealed=True).exists():
        raise Refused(_("The others have seen it, so it stays. It can be parked."))
    own.delete()
    live.record(workshop.topic, "card-taken-back", operation=operation, by=by.actor, payload={"card": card})


@transaction.atomic
def reveal(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Turn every card face up."""
    if not live.is_new(workshop.topic, operation):
        return
    Card.objects.filter(workshop=workshop, is_revealed=False).update(is_revealed=True)
    live.record(workshop.topic, "cards-revealed", operation=operation, by=by.actor)
