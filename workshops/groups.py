"""The groups that a workshop was split into: each throws and groups apart, and comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from workshops.models import Participant, Workshop


@dataclass(frozen=True)
class Group:
    """One group, who sits in it, how many cards lie there, and how many of them face down."""

    workshop: Workshop
    people: Sequence[Participant]
    cards: int
    face_down: int

    @property
    def is_apart(self) -> bool:
        """Whether its cards have not been brought back yet."""
        return self.workshop.state != Workshop.State.CLOSED

    @property
    def names(self) -> list[str]:
        return [person.short_name for person in self.people]

    def has(self, person: Participant | None) -> bool:
        return person is not None and any(is_of(seat, person) for seat in self.people)


def of(whole: Workshop) -> list[Group]:
    """In their order. Two queries, none where it is known that there are no groups."""
    if not getattr(whole, "is_split", True):
        return []
    seats = Participant.objects.inside().select_related("user").order_by("joined_at", "pk")
    rows = Workshop.objects.filter(parent=whole).order_by("pk")
    counted = rows.annotate(
        lying=Count("cards", distinct=True),
        hidden=Count("cards", filter=Q(cards__is_revealed=False), distinct=True),
    ).prefetch_related(Prefetch("participants", seats, to_attr="seated"))
    return [Group(row, *(getattr(row, name) for name in ("seated", "lying", "hidden"))) for row in counted]


def is_of(seat: Participant, person: Participant) -> bool:
    """Whether a seat in a group is that of somebody in the whole."""
    return seat.origin_id == person.pk or (seat.user_id is not None and seat.user_id == person.user_id)
