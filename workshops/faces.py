"""What everybody sees of the cards that lie face up: little enough to be read whenever something happens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from workshops.models import Card, Mark, Reason, Workshop

COLUMNS = ("pk", "text", "kind", "state", "bucket", "reason", "parked_until", "weight")
PERSON = ("participant__user__name", "participant__name")
SERVED = ("expectation", "expectation__text", "expectation__customer__text")


class Person(NamedTuple):
    short_name: str


class Customer(NamedTuple):
    text: str


class Served(NamedTuple):
    pk: int
    text: str
    customer: Customer


class Like(NamedTuple):
    """A card that says nearly the same."""

    pk: int
    text: str

    def __str__(self) -> str:
        return self.text


class Face(NamedTuple):
    """A card as its templates ask for it. Two that are equal are drawn alike."""

    pk: int
    text: str
    kind: str
    state: str
    bucket_id: int | None
    reason: str
    parked_until: date | None
    weight: int
    participant: Person | None
    expectation: Served | None
    alike: tuple[Like, ...]

    @property
    def is_parked(self) -> bool:
        return self.state == Card.State.PARKED

    def get_kind_display(self) -> str:
        return str(Card.Kind(self.kind).label)

    def get_reason_display(self) -> str:
        return str(Reason(self.reason).label)


def read(workshop: Workshop) -> list[Face]:
    """Parked ones too, in the order in which they were thrown."""
    rows = Card.objects.filter(workshop=workshop, is_revealed=True).order_by("pk")
    likes = likes_in(workshop)
    return [face(row, tuple(likes.get(row[0], ()))) for row in rows.values_list(*COLUMNS, *PERSON, *SERVED)]


def likes_in(workshop: Workshop) -> Mapping[int, Sequence[Like]]:
    marks = Mark.objects.filter(card__workshop=workshop).exclude(other__state=Card.State.PARKED)
    likes: dict[int, list[Like]] = defaultdict(list)
    for card, other, text in marks.order_by("pk").values_list("card", "other", "other__text"):
        likes[card].append(Like(other, text))
    return likes


def face(row: tuple[Any, ...], alike: tuple[Like, ...]) -> Face:
    pk, text, kind, state, bucket, reason, until, weight, user, name, served, words, customer = row
    short = user.split()[0] if user else name
    by = Person(short) if short else None
    serves = Served(served, words, Customer(customer)) if served else None
    return Face(pk, text, kind, state, bucket, reason, until, weight, by, serves, alike)
