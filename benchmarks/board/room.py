"""A squad at its board: cards, buckets, and people who are signed in."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

from django.test import Client
from django.utils.crypto import get_random_string

from mdd.actions import squads
from mdd.models import Membership, Role, User
from workshops.actions import workshops
from workshops.models import Bucket, Card, Participant, Stage, Workshop

WORDS = [
    "How",
    "many",
    "late",
    "flights",
    "crews",
    "bags",
    "calls",
    "refunds",
    "minutes",
    "gate",
    "delay",
    "desk",
    "queue",
    "app",
    "weather",
    "night",
    "morning",
    "board",
    "seat",
    "does",
    "the",
    "passenger",
    "wait",
    "before",
    "somebody",
    "answers",
    "and",
    "why",
]
CSRF = 32  # characters of a key that guards forms
LOOSE = 0.4  # of the cards, at the beginning


@dataclass
class Room:
    """`people` are sessions; the first one facilitates, the first few have `pages` and only look on.

    `lies` is where each card was put last; `flying` are those whose move has not been answered yet.
    """

    workshop: Workshop
    people: Sequence[str]
    buckets: Sequence[int]
    lies: dict[int, int | None]
    pages: int
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    lock: threading.Lock = field(default_factory=threading.Lock)
    flying: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.movers = cycle(self.people[self.pages :])

    @property
    def stream(self) -> str:
        topic = self.workshop.topic
        topic.refresh_from_db()
        return f"/live/{topic.pk}/?since={topic.epoch}.{topic.serial}"

    @property
    def path(self) -> str:
        return self.workshop.get_absolute_url()

    def moves(self) -> Iterator[tuple[int, str]]:
        """For ever: a card, and the form that puts it elsewhere, as whoever saw it last would send it."""
        while True:
            card = self.dice.choice([card for card in self.lies if card not in self.flying])
            self.flying.add(card)
            was = self.lies[card]
            to = self.dice.choice([bucket for bucket in (*self.buckets, None) if bucket != was])
            self.lies[card] = to
            yield card, f"card={card}:{was or ''}&to={to or ''}&operation={uuid4()}"


def headers(session: str) -> dict[str, str]:
    token = get_random_string(CSRF)
    return {
        "Cookie": f"session={session}; csrf={token}",
        "X-CSRFToken": token,
        "Prefer": "return=minimal",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def sign_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["session"].value


def made(*, cards: int, people: int, pages: int) -> Room:
    lead = User.objects.create_user(f"{uuid4()}@benchmark.invalid", name="Lead")
    squad = squads.found(name=f"Benchmark {uuid4()}", zone="UTC", by=lead)
    rows = (User(email=f"{uuid4()}@benchmark.invalid", name=f"Person {number}") for number in range(people - 1))
    members = User.objects.bulk_create(rows)
    Membership.objects.bulk_create(Membership(squad=squad, user=user, role=Role.MEMBER) for user in members)
    workshop = workshops.start(squad, title="Benchmark", path="whole", by=lead)
    places = [workshops.join(workshop, user=user) for user in (lead, *members)]
    Workshop.objects.filter(pk=workshop.pk).update(stage=Stage.GROUP)
    buckets = [*Bucket.objects.filter(workshop=workshop)]
    buckets += [Bucket.objects.create(workshop=workshop, title=f"Bucket {n}", position=10 + n) for n in range(9)]
    thrown = [card(number, workshop, places, buckets) for number in range(cards)]
    Card.objects.bulk_create(thrown)
    lies = {each.pk: each.bucket_id for each in thrown}
    return Room(workshop, [sign_in(user) for user in (lead, *members)], [each.pk for each in buckets], lies, pages)


def card(number: int, workshop: Workshop, places: Sequence[Participant], buckets: Sequence[Bucket]) -> Card:
    dice = random.Random(number)
    bucket = None if dice.random() < LOOSE else dice.choice(buckets)
    return Card(
        workshop=workshop,
        participant=dice.choice(places),
        text=" ".join(dice.choices(WORDS, k=dice.randint(3, 12))),
        kind=dice.choice(Card.Kind.values),
        bucket=bucket,
        state=Card.State.GROUPED if bucket else Card.State.THROWN,
        is_revealed=True,
    )
