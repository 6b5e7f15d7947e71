"""Marks: which cards say nearly the same. Worked out by a worker; the database says what is still to be compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def mark(pk: int) -> None:
    """Compare all cards of a workshop if one of them is new or says something else now. Nobody waits meanwhile."""
    workshop = Workshop.objects.select_related("topic").get(pk=pk)
    if not is_wanted(workshop):
        return
    words = words_on(workshop)
    cards = list(words)
    pairs = [(cards[one], cards[other]) for one, other in suggestions.pairs(list(words.values()))]
    keep(workshop, words, {*pairs, *((other, one) for one, other in pairs)})


@transaction.atomic
def keep(workshop: Workshop, words: Mapping[int, str], wanted: Collection[tuple[int, int]]) -> None:
    """Keep what came of comparing, once where two did it, and begin again where the cards say something else by now."""
    operation = uuid4()
    live.is_new(workshop.topic, operation)  # holds the topic: no card changes until the commit
    if not is_wanted(workshop):
        return
    if words_on(workshop) != words:
        hint(workshop)
        return
    if put_marks(workshop, set(wanted)):
        live.record(workshop.topic, "cards-marked", operation=operation, by=None)
    Comparison.objects.filter(card__workshop=workshop).delete()
    Comparison.objects.bulk_create(Comparison(card_id=card, text=text) for card, text in words.items())


def is_wanted(workshop: Workshop) -> bool:
    return Card.objects.uncompared().filter(workshop=workshop).exists()


def words_on(workshop: Workshop) -> dict[int, str]:
    """What the cards say that everybody sees, in their order."""
    rows = Card.objects.on_board().filter(workshop=workshop, is_revealed=True)
    return dict(rows.order_by("pk").values_list("pk", "text"))


def put_marks(workshop: Workshop, wanted: set[tuple[int, int]]) -> bool:
    """Let these be the marks; answers whether any has changed."""
    rows = Mark.objects.filter(card__workshop=workshop)
    held = {(mark.card_id, mark.other_id): mark.pk for mark in rows}
    rows.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
    Mark.objects.bulk_create(Mark(card_id=card, other_id=other) for card, other in sorted(wanted - held.keys()))
    return wanted != held.keys()
