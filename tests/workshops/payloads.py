"""Everything that a workshop sends, whoever asks for it."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from mdd.live import steps
from mdd.models import User
from tests.workshops.coming import client_of, make_guest
from workshops.actions import results
from workshops.models import Participant, Workshop
from workshops.parts import Audience

# What differs each time that a page is drawn.
FRESH = re.compile(r'(value|content|nonce|data-now|data-serial|data-csrf)="[^"]*"|on-paper">[^<]*')
PATHS = ("", "projector/", "people/", "decision/", "replay/", "board/", "then-and-now/")
FILES = ("board/json/", "board/md/", "board/csv/", "decision/1/md/", "decision/1/json/")


class Ears:
    """Who gets to see a workshop without being the one whose secret it is: users, a guest, whoever has the link."""

    def __init__(self, workshop: Workshop, *users: User) -> None:
        self.workshop, self.clients = workshop, [client_of(make_guest(workshop, name="Gus")), *map(signed_in, users)]
        secret = results.share(workshop, lasts=timedelta(days=1), by=users[0])
        self.result = reverse("workshops:result", args=[secret])

    def heard(self) -> dict[str, str]:
        """Each payload by what it is: pages, files, what is streamed, and what leaves the house."""
        here = self.workshop.get_absolute_url()
        asked = [f"{here}{path}" for path in (*PATHS, *FILES)] + [self.result, f"/live/{self.workshop.topic_id}/"]
        pages = {f"{place} {url}": read(client, url) for place, client in enumerate(self.clients) for url in asked}
        drawn = steps.whole(self.workshop.topic_id, list(Audience))
        return pages | {f"stream {audience}": str(drawing.groups) for audience, drawing in drawn.items()}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, url: str) -> str:
    return FRESH.sub("", client.get(url).content.decode())


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [what for what, text in before.items() if after[what] != text]


def swap(one: Participant, other: Participant) -> None:
    """Let each of the two have given what the other one gave, past all actions."""
    for name in ("keeps", "votes", "consents", "guesses"):
        rows = {person.pk: list(getattr(person, name).values_list("pk", flat=True)) for person in (one, other)}
        model = getattr(one, name).model
        model.objects.filter(participant__in=(one, other)).update(participant=None)
        for person, theirs in ((one, rows[other.pk]), (other, rows[one.pk])):
            model.objects.filter(pk__in=theirs).update(participant=person)
