"""Who was faster, by name where names are known, and what somebody slower may still want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mdd.models import Event
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Participant


@dataclass(frozen=True)
class Late:
    """Cards that somebody else has moved first: where they lie now, and where they were to go (None: out)."""

    sentence: str
    held: Mapping[int, int | None]
    to: Bucket | None


class Outrun(Refused):
    """Somebody else has moved all of them first."""

    def __init__(self, late: Late) -> None:
        super().__init__(late.sentence)
        self.late = late


def who(card: Card) -> str:
    """Who moved a card last. In an anonymous workshop, and where the log does not say, it was somebody."""
    moves = Event.objects.filter(
        topic=card.workshop.topic_id, **{f"payload__rows__card:{card.pk}__1__has_key": "bucket_id"}
    )
    last = moves.order_by("-serial").first()
    if last is None or card.workshop.is_anonymous:
        return _("Somebody")
    kind, _colon, pk = last.by.partition(":")
    people = Participant.objects.filter(workshop=card.workshop).select_related("user")
    person = people.filter(**{"user" if kind == "user" else "pk": pk or None}).first()
    return person.short_name if person else _("Somebody")
