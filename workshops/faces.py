"""What everybody sees of the cards that lie face up: little enough to be read whenever something happens."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from workshops.models import Card, Reason, Workshop

COLUMNS = ("pk", "text", "kind", "state", "bucket", "reason", "parked_until")
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


class Face(NamedTuple):
    """A card as its templates ask for it. Two that are equal are drawn alike."""

    pk: int
    text: str
    kind: str
    state: str
    bucket_id: int | None
    reason: str
    parked_until: date | None
    participant: Person | None
    expectation: Served | None

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
    return [face(row) for row in rows.values_list(*COLUMNS, *PERSON, *SERVED)]


def face(row: tuple[Any, ...]) -> Face:
    pk, text, kind, state, bucket, reason, until, user, name, served, words, customer = row
    short = user.split()[0] if user else name
    by = Person(short) if short else None
    serves = Served(served, words, Customer(customer)) if served else None
    return Face(pk, text, kind, state, bucket, reason, until, by, serves)
