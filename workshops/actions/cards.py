"""What happens to cards before they are grouped: thrown, worded, taken back, revealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Expectation
from workshops.actions import anonymity, counting, deeds, marking, writing
from workshops.actions.refusals import Refused
from workshops.models import Card, CardWording, Participant, Workshop
from workshops.thoughts import Thought
from workshops.trails import Rows, Trail, name


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
    if not writing.is_new(workshop, operation):
        return
    person = author or by
    thrown = Card.objects.bulk_create(
        Card(
            workshop=workshop,
            text=each.text,
            kind=each.kind,
            weight=each.weight,
            participant=person if is_hidden else anonymity.writer(workshop, person),
            expectation=expectation,
            is_revealed=not is_hidden,
            at=anonymity.moment(workshop),
        )
        for each in thoughts
    )
    marking.hint(workshop)
    counting.hint(workshop)
    deeds.record(
        workshop,
        "cards-thrown",
        rows=Trail().since(*thrown),
        by=by,
        operation=operation,
        payload={"cards": [card.pk for card in thrown]},
        is_private=is_hidden,
    )


@transaction.atomic
def reword(
    card: Card, *, text: str, kind: str, expectation: Expectation | None, by: Participant, operation: UUID
) -> None:
    """Say it in other words. What everybody has read is kept beside the new wording."""
    if not writing.is_new(card.workshop, operation):
        return
    card = Card.objects.select_for_update().select_related("workshop__topic").get(pk=card.pk)
    trail = Trail(card)
    if card.is_revealed and card.text != text:
        CardWording.objects.create(card=card, text=card.text, by=anonymity.writer(card.workshop, by))
    card.text, card.kind, card.expectation = text, kind, expectation
    card.save(update_fields=["text", "kind", "expectation"])
    marking.hint(card.workshop)
    note(card, "card-reworded", trail.since(), by, operation)


@transaction.atomic
def take_back(workshop: Workshop, *, card: int, by: Participant, operation: UUID) -> None:
    """Unthrow one's own card while nobody else has seen it."""
    if not writing.is_new(workshop, operation):
        return
    own = Card.objects.filter(workshop=workshop, pk=card, participant=by)
    if own.filter(is_revealed=True).exists():
        raise Refused(_("The others have seen it, so it stays. It can be parked."))
    if (row := own.select_related("workshop__topic").first()) is None:
        return
    trail = Trail(row)
    anonymity.remove(own)
    counting.hint(workshop)
    note(row, "card-taken-back", trail.since(), by, operation)


@transaction.atomic
def reveal(workshop: Workshop, *, by: Participant, operation: UUID, is_sure: bool = False) -> None:
    """Turn every card face up. Raises Refused where so few threw that the others can guess."""
    if not writing.is_new(workshop, operation):
        return
    cards = Card.objects.filter(workshop=workshop)
    open_before = set(cards.filter(is_revealed=True).values_list("pk", flat=True))
    anonymity.reveal(workshop, cards.filter(is_revealed=False), is_sure=is_sure)
    marking.hint(workshop)
    counting.hint(workshop)
    payload = {"rows": came_up(cards.filter(is_revealed=True).exclude(pk__in=open_before))}
    live.record(workshop.topic, "cards-revealed", operation=operation, by=by.actor, payload=payload)


@transaction.atomic
def reveal_next(workshop: Workshop, *, by: Participant, operation: UUID, is_sure: bool = False) -> None:
    """Turn the cards of one more person face up, in the order in which people came. Raises Refused.

    In an anonymous workshop it is one card, in an order that tells nothing: all are cut loose first.
    """
    if not writing.is_new(workshop, operation):
        return
    hidden = Card.objects.filter(workshop=workshop, is_revealed=False)
    if workshop.is_anonymous:
        anonymity.check(workshop, hidden, is_sure=is_sure)
        anonymity.cut_loose(workshop, hidden.filter(participant__isnull=False), is_revealed=False)
    if (first := hidden.order_by("participant__joined_at", "participant", "pk").first()) is None:
        raise Refused(_("Nothing lies face down any more."))
    turn = hidden.filter(pk=first.pk) if workshop.is_anonymous else hidden.filter(participant=first.participant)
    turned = list(turn)
    turn.update(is_revealed=True)
    marking.hint(workshop)
    counting.hint(workshop)
    whose = {} if workshop.is_anonymous else {"participant": first.participant_id}
    payload = whose | {"rows": came_up(turned)}
    live.record(workshop.topic, "turn-revealed", operation=operation, by=by.actor, payload=payload)


def came_up(cards: Iterable[Card]) -> Rows:
    """For everybody these were not there before."""
    return {name(card): [None, {}] for card in cards}


def note(card: Card, kind: str, rows: Rows, by: Participant, operation: UUID) -> None:
    deeds.record(
        card.workshop,
        kind,
        rows=rows,
        by=by,
        operation=operation,
        payload={"card": card.pk},
        is_private=not card.is_revealed,
    )
