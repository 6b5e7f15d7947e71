"""Who is expected at a meeting, and who of them has thrown already: who, and never what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mdd.models import Membership
from mdd.models.people import WRITERS
from workshops.models import Participant, Workshop


@dataclass(frozen=True)
class Expected:
    """`names` stays empty where nobody may learn who wrote."""

    thrown: int
    people: int
    names: Sequence[str]


def of(workshop: Workshop) -> Expected:
    thrown = list(throwers(workshop).select_related("user").order_by("joined_at", "pk"))
    guests = taking_part(workshop).filter(user=None)
    people = members(workshop).count() + guests.count()
    names = [] if workshop.is_anonymous else [person.short_name for person in thrown]
    return Expected(len(thrown), max(people, len(thrown)), names)


def members(workshop: Workshop) -> QuerySet[Membership]:
    """Those of the squad who write, but for those who only watch this time."""
    watching = Participant.objects.filter(workshop=workshop, role=Participant.Role.OBSERVER, user__isnull=False)
    writing = Membership.objects.filter(squad=workshop.squad_id, role__in=WRITERS, user__is_active=True)
    return writing.exclude(user__in=watching.values("user"))


def taking_part(workshop: Workshop) -> QuerySet[Participant]:
    return Participant.objects.judging().filter(workshop=workshop)


def throwers(workshop: Workshop) -> QuerySet[Participant]:
    return taking_part(workshop).filter(cards__isnull=False).distinct()
