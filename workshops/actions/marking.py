"""Marks: which cards say nearly the same. Worked out by a worker; the database says what is still to be compared."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.db import transaction

from mdd import live
from mdd.celery import send
from workshops import suggestions
from workshops.models import Card, Comparison, Mark, Workshop

TASK = "workshops.mark"
MOST = 50  # workshops in one sweep


def hint(workshop: Workshop) -> None:
    """Tell a worker, after the commit, that cards are to be compared. The sweep finds what a lost hint was about."""
    transaction.on_commit(partial(send, TASK, [workshop.pk], queue="interactive"), robust=True)


def sweep() -> None:
    """Find what no worker heard of."""
    waiting = Card.objects.uncompared().order_by("workshop").values_list("workshop", flat=True).distinct()
    for pk in waiting[:MOST]:
        mark(pk)


@transaction.atomic
def mark(pk: int) -> None:
    """Compare all cards of a workshop if one of them is new or says something else now. Two at once do it once."""
    workshop = Workshop.objects.select_for_update(no_key=True, of=("self",)).select_related("topic").get(pk=pk)
    if not Card.objects.uncompared().filter(workshop=workshop).exists():
        return
    cards = list(Card.objects.on_board().filter(workshop=workshop, is_revealed=True).order_by("pk"))
    if put_marks(workshop, cards):
        live.record(workshop.topic, "cards-marked", operation=uuid4(), by=None)
    Comparison.objects.filter(card__workshop=workshop).delete()
    Comparison.objects.bulk_create(Comparison(card=card, text=card.text) for card in cards)


def put_marks(workshop: Workshop, cards: list[Card]) -> bool:
    """Let the marks be what the cards say now; answers whether any has changed."""
    pairs = [(cards[one].pk, cards[other].pk) for one, other in suggestions.pairs([card.text for card in cards])]
    wanted = {*pairs, *((other, one) for one, other in pairs)}
    rows = Mark.objects.filter(card__workshop=workshop)
    held = {(mark.card_id, mark.other_id): mark.pk for mark in rows}
    rows.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
    Mark.objects.bulk_create(Mark(card_id=card, other_id=other) for card, other in sorted(wanted - held.keys()))
    return wanted != held.keys()
