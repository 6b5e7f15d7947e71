"""A board as it can leave the house: what everybody in the room may read, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from workshops import focus
from workshops.models import Bucket, Card, Workshop


@dataclass(frozen=True)
class CardCopy:
    """`bucket` counts the buckets of the copy from 0. `before` is what it said earlier, the first wording first."""

    text: str
    kind: str
    state: str
    weight: int = 1
    reason: str = ""
    parked_until: date | None = None
    bucket: int | None = None
    expectation: str = ""
    customer: str = ""
    before: Sequence[str] = ()


@dataclass(frozen=True)
class BucketCopy:
    """`dots` are those that were opened; nobody brings them back into another workshop."""

    title: str
    origin: str
    question: str = ""
    if_rises: str = ""
    if_falls: str = ""
    unit: str = ""
    dots: int = field(default=0, compare=False)


@dataclass(frozen=True)
class BoardCopy:
    title: str
    path: str
    stage: str
    is_anonymous: bool
    buckets: Sequence[BucketCopy]
    cards: Sequence[CardCopy]

    def lying(self, bucket: int | None) -> list[CardCopy]:
        """The cards of a bucket, or the loose ones, without those that are parked."""
        return [card for card in self.cards if card.bucket == bucket and card.state != Card.State.PARKED]

    @property
    def parked(self) -> list[CardCopy]:
        return [card for card in self.cards if card.state == Card.State.PARKED]

    def title_of(self, card: CardCopy) -> str:
        return "" if card.bucket is None else self.buckets[card.bucket].title


def of(workshop: Workshop) -> BoardCopy:
    """The board of now, without what lies face down. Four questions."""
    rows = list(Bucket.objects.filter(workshop=workshop))
    dots = {place.bucket.pk: place.dots for place in focus.ranking(rows)}
    places = {row.pk: place for place, row in enumerate(rows)}
    cards = Card.objects.filter(workshop=workshop, is_revealed=True).order_by("pk")
    return BoardCopy(
        title=workshop.title,
        path=workshop.template.path,
        stage=workshop.stage,
        is_anonymous=workshop.is_anonymous,
        buckets=[bucket(row, dots[row.pk]) for row in rows],
        cards=[card(row, places) for row in cards.select_related("expectation__customer").prefetch_related("wordings")],
    )


def bucket(row: Bucket, dots: int) -> BucketCopy:
    return BucketCopy(row.title, row.origin, row.question, row.if_rises, row.if_falls, row.unit, dots)


def card(row: Card, places: dict[int, int]) -> CardCopy:
    return CardCopy(
        text=row.text,
        kind=row.kind,
        state=row.state,
        weight=row.weight,
        reason=row.reason,
        parked_until=row.parked_until,
        bucket=places[row.bucket_id] if row.bucket_id else None,
        expectation=row.expectation.text if row.expectation else "",
        customer=row.expectation.customer.text if row.expectation else "",
        before=tuple(each.text for each in sorted(row.wordings.all(), key=lambda wording: wording.pk)),
    )
