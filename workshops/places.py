"""Which bucket everybody looks at while cards are pruned: one by its id, or the loose cards (None)."""

from __future__ import annotations

from collections.abc import Mapping

from workshops.models import Bucket, Card, Pruning, Workshop


def everybodys(lying: Mapping[int | None, bool], led: Pruning | None) -> int | None:
    """Where the facilitator leads or the last ones settled, else the first that has something to judge.

    `lying` are the places that hold cards, in their order, each with whether something there is still in play.
    """
    if led and led.bucket_id in lying:
        return led.bucket_id
    return next((bucket for bucket, is_judged in lying.items() if is_judged), next(iter(lying), None))


def lying(workshop: Workshop) -> Mapping[int | None, bool]:
    """The places of a board as its pages show them."""
    cards = Card.objects.on_board().filter(workshop=workshop, is_revealed=True)
    found = dict.fromkeys(cards.values_list("bucket", flat=True).order_by(), False)
    found |= dict.fromkeys(cards.in_play().values_list("bucket", flat=True).order_by(), True)
    buckets = [*Bucket.objects.filter(workshop=workshop).values_list("pk", flat=True), None]
    return {bucket: found[bucket] for bucket in buckets if bucket in found}


def now(workshop: Workshop) -> int | None:
    return everybodys(lying(workshop), Pruning.objects.filter(workshop=workshop).first())


def stay(workshop: Workshop) -> None:
    """For whoever settles cards: nobody is taken elsewhere because nothing is left to judge where they are."""
    if workshop.stage == "prune":
        Pruning.objects.update_or_create(workshop=workshop, defaults={"bucket_id": now(workshop)})
