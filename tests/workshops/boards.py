"""Boards and cards that a test needs but is not about."""

from __future__ import annotations

from typing import Any

from django.test import Client

from mdd.models import Squad, User
from tests.workshops import posting
from workshops.actions import workshops
from workshops.models import Bucket, Card, Keep, Participant, Stage, Workshop

HTMX = {"HX-Request": "true"}


def make_workshop(squad: Squad, by: User, *, stage: str = Stage.GROUP, path: str = "whole") -> Workshop:
    """A workshop at a stage, with its three buckets; `by` is its facilitator."""
    workshop = workshops.start(squad, title="Spring", path=path, by=by)
    Workshop.objects.filter(pk=workshop.pk).update(stage=stage)
    workshop.refresh_from_db()
    return workshop


def place_of(workshop: Workshop, user: User) -> Participant:
    return workshops.join(workshop, user=user)


def make_card(workshop: Workshop, by: User, text: str = "Who waits?", **fields: Any) -> Card:
    """A card that everybody sees, loose unless the fields put it in a bucket."""
    made = {"is_revealed": True, "state": "grouped" if fields.get("bucket") else "thrown"} | fields
    made = {"participant": place_of(workshop, by)} | made
    return Card.objects.create(workshop=workshop, text=text, **made)


def bucket_of(workshop: Workshop, title: str = "Usage") -> Bucket:
    return Bucket.objects.get(workshop=workshop, title=title)


def judge(card: Card, by: User, reason: str = "") -> Keep:
    value = Keep.Value.PARK if reason else Keep.Value.KEEP
    return Keep.objects.create(card=card, participant=place_of(card.workshop, by), value=value, reason=reason)


def post(client: Client, workshop: Workshop, route: str, *args: object, **data: Any) -> str:
    """What the page says after a form of the board was sent."""
    return posting.post(client, route, workshop, *args, **data).content.decode()


def send(client: Client, workshop: Workshop, route: str, *args: object, **data: Any) -> None:
    """As `post`, where it is done without a word and nobody looks at the page."""
    posting.send(client, route, workshop, *args, **data)


def told_after(client: Client, workshop: Workshop, route: str, *args: object, **data: Any) -> list[str]:
    return posting.told_after(client, route, workshop, *args, **data)


def page_of(client: Client, workshop: Workshop, **query: Any) -> str:
    return client.get(workshop.get_absolute_url(), query).content.decode()


def held(card: Card) -> str:
    """A card in hand as the form sends it."""
    return f"{card.pk}:{card.bucket_id or ''}"
