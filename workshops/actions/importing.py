"""A workshop made of the copy of a board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from mdd import live
from mdd.models import Expectation, Squad, User
from workshops.actions import anonymity, marking, workshops
from workshops.copies import BoardCopy, CardCopy
from workshops.models import QUESTIONS, Bucket, Card, CardWording, Participant, Stage, Workshop

Served = Mapping[tuple[str, str], Expectation]


@transaction.atomic
def restore(squad: Squad, *, board: BoardCopy, title: str, by: User) -> Workshop:
    """Open a workshop whose board is equal to the copy; the one who opens it stands for the cards."""
    workshop = workshops.start(squad, title=title, path=board.path, by=by, is_anonymous=board.is_anonymous)
    workshop.buckets.all().delete()
    author = anonymity.writer(workshop, workshop.participants.get(user=by))
    buckets = lay_out(workshop, board)
    throw(workshop, board.cards, buckets, [author] * len(board.cards))
    stand_at(workshop, board.stage)
    marking.hint(workshop)
    live.record(workshop.topic, "board-imported", operation=uuid4(), by=by, payload={"cards": len(board.cards)})
    return workshop


def lay_out(workshop: Workshop, board: BoardCopy) -> Sequence[Bucket]:
    return Bucket.objects.bulk_create(
        Bucket(
            workshop=workshop,
            position=position,
            title=each.title,
            origin=each.origin,
            question=each.question,
            if_rises=each.if_rises,
            if_falls=each.if_falls,
            unit=each.unit,
        )
        for position, each in enumerate(board.buckets)
    )


def throw(
    workshop: Workshop, cards: Sequence[CardCopy], buckets: Sequence[Bucket], authors: Sequence[Participant | None]
) -> list[Model]:
    """Lay the cards out, each with who stands for it; what was made."""
    served = expectations(workshop.squad)
    rows = Card.objects.bulk_create(
        Card(
            workshop=workshop,
            participant=author,
            bucket=None if each.bucket is None else buckets[each.bucket],
            text=each.text,
            kind=each.kind,
            state=each.state,
            weight=each.weight,
            reason=each.reason,
            parked_until=each.parked_until,
            expectation=served.get((each.expectation, each.customer)),
            is_revealed=True,
            at=anonymity.moment(workshop),
        )
        for each, author in zip(cards, authors, strict=True)
    )
    pairs = [(row, text) for row, each in zip(rows, cards, strict=True) for text in each.before]
    at = anonymity.moment(workshop)
    wordings = (CardWording(card=row, text=text, by=row.participant, at=at) for row, text in pairs)
    return [*rows, *CardWording.objects.bulk_create(wordings)]


def expectations(squad: Squad) -> Served:
    """Those in force, by what they say and whose they are."""
    rows = Expectation.objects.filter(squad=squad).in_force().select_related("customer").order_by("-pk")
    return {(row.text, row.customer.text): row for row in rows}


def stand_at(workshop: Workshop, stage: str) -> None:
    """Be at the stage of the copy, or at the first of the board where that is a question or not held here."""
    held = set(workshop.template.boxes.values_list("stage", flat=True)) - set(QUESTIONS)
    first = min(held, key=lambda each: Stage(each).place, default=workshop.stage)
    workshop.stage = stage if stage in held else first
    workshop.save(update_fields=["stage"])
