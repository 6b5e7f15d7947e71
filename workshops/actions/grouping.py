"""Putting cards together with another card, rather than in a bucket."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from workshops import suggestions
from workshops.actions import writing
from workshops.actions.faster import Late
from workshops.actions.moves import Held, put
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant, Workshop


@transaction.atomic
def join(workshop: Workshop, *, held: Held, mate: int, by: Participant, operation: UUID) -> Late | None:
    """Put cards where another one lies, or open a bucket for all of them; the answer is as that of a move.

    Such a bucket has a title that suggestions draft, until a person names it.
    """
    if not writing.is_new(workshop, operation):
        return None
    others = {card: place for card, place in held.items() if card != mate}
    fresh = still_there(workshop, others)
    beside = Card.objects.on_board().filter(workshop=workshop, is_revealed=True, pk=mate).first()
    if beside is None:
        raise Refused(_("That card is gone, so the cards stay where they are."))
    if beside.bucket or not fresh:
        return put(workshop, others, beside.bucket, kind="cards-moved", by=by, operation=operation)
    bucket = open_for(workshop, [*fresh, beside])
    together = {**others, mate: None}
    return put(workshop, together, bucket, kind="cards-grouped", by=by, operation=operation, opened=[bucket])


def still_there(workshop: Workshop, held: Held) -> Sequence[Card]:
    if not held:
        raise Refused(_("Choose a card first, then where it goes."))
    cards = Card.objects.on_board().filter(workshop=workshop, is_revealed=True, pk__in=held).order_by("pk")
    return [card for card in cards if card.bucket_id == held[card.pk]]


def open_for(workshop: Workshop, cards: Sequence[Card]) -> Bucket:
    last = Bucket.objects.filter(workshop=workshop).aggregate(last=Max("position"))["last"]
    title = suggestions.title([card.text for card in cards]) or _("Similar cards")
    origin = Bucket.Origin.SUGGESTED
    return Bucket.objects.create(workshop=workshop, title=title, position=(last or 0) + 1, origin=origin)
