"""Hands for groups: who sits where, what lies there, and bringing it back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client

from workshops.actions import bringing_back
from workshops.models import Card, Participant, Workshop


def seat_of(group: Workshop, person: Participant) -> Participant:
    return group.participants.get(origin=person)


def lay(group: Workshop, person: Participant | None, text: str = "Who waits?", **fields: Any) -> Card:
    seat = seat_of(group, person) if person else None
    return Card.objects.create(workshop=group, participant=seat, text=text, **{"is_revealed": True} | fields)


def bring(group: Workshop, by: Participant) -> None:
    assert group.parent
    bringing_back.bring_back(group.parent, group=group, by=by, operation=uuid4())


def page_of(client: Client, workshop: Workshop) -> str:
    return client.get(workshop.get_absolute_url()).content.decode()
