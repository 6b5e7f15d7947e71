"""A workshop with many people in it, each signed in, as the generator needs them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from django.db.models import Count, Max, Min
from django.test import Client
from django.utils.crypto import get_random_string

from mdd.actions import squads
from mdd.models import Event, Membership, Role, User
from workshops.actions import hands, workshops
from workshops.models import Workshop

STAGE = "deliver"
CSRF = 32  # characters of a key that guards forms


def sign_in(user: User) -> str:
    """The cookies of a browser of this person."""
    client = Client()
    client.force_login(user)
    return f"session={client.cookies['session'].value}"


@dataclass(frozen=True)
class Room:
    """`listeners` are cookies. What is written is an answer; its event tells everybody how many there are."""

    workshop: Workshop
    writer: str
    listeners: Sequence[str]

    @property
    def place(self) -> tuple[str, int]:
        """Where a page that is made now follows: the address up to its serial, and that."""
        topic = self.workshop.topic
        topic.refresh_from_db()
        return f"/live/{topic.pk}/?since={topic.epoch}", topic.serial

    @cached_property
    def headers(self) -> dict[str, str]:
        """Of whoever writes: signed in, from our page, and not in want of another page."""
        token = get_random_string(CSRF)
        return {"Cookie": f"{self.writer}; csrf={token}", "X-CSRFToken": token, "Prefer": "return=minimal"}

    @property
    def write_path(self) -> str:
        return f"/workshops/{self.workshop.pk}/write/"

    def body(self) -> str:
        """A form whose operation is new with each note: eight digits take the place of %U."""
        run = uuid4().hex[:8]
        return f"stage={STAGE}&text=A+working+door+%U&operation={run}-0000-4000-8000-0000%U"

    def cookies_in(self, folder: Path) -> Path:
        file = folder / "listeners"
        file.write_text("".join(f"Cookie: {each}\n" for each in self.listeners))
        return file

    def crowd(self, times: int) -> None:
        """Let all be in the room with their hands up, and one take theirs down again and again: all are drawn anew."""
        members = User.objects.filter(memberships__squad=self.workshop.squad)
        people = [workshops.join(self.workshop, user=user) for user in members]
        for person in people:
            hands.raise_hand(self.workshop, is_raised=True, by=person, operation=uuid4())
        for number in range(times):
            hands.raise_hand(self.workshop, is_raised=number % 2 == 1, by=people[-1], operation=uuid4())
            time.sleep(0.03)

    def flaws(self) -> list[str]:
        """What is wrong with the log: holes, or an operation that was recorded twice."""
        events = Event.objects.filter(topic=self.workshop.topic)
        seen = events.aggregate(
            first=Min("serial"), last=Max("serial"), count=Count("pk"), unique=Count("operation", distinct=True)
        )
        has_holes = seen["last"] - seen["first"] + 1 != seen["count"] or seen["last"] != self.place[1]
        doubled = seen["unique"] != seen["count"]
        return [*(["holes"] if has_holes else []), *(["doubled"] if doubled else [])]


def made(count: int) -> Room:
    """A new workshop at its first question: its facilitator writes, `count` members listen."""
    lead = person("Lead")
    squad = squads.found(name=f"Benchmark {uuid4()}", zone="UTC", by=lead)
    members = User.objects.bulk_create(User(email=f"{uuid4()}@benchmark.invalid", name=f"{n}") for n in range(count))
    Membership.objects.bulk_create(Membership(squad=squad, user=user, role=Role.MEMBER) for user in members)
    workshop = workshops.start(squad, title="Benchmark", path="whole", by=lead)
    return Room(workshop, sign_in(lead), [sign_in(user) for user in members])


def person(name: str) -> User:
    return User.objects.create_user(f"{uuid4()}@benchmark.invalid", name=name)
