"""Private words of one person in every place that has some, and everything that is sent to another."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from mdd.models import User
from tests.access.verdicts import VERDICTS
from tests.access.world import World
from tests.workshops import builders_focus
from workshops.actions import workshops
from workshops.models import QUESTIONS, Answer, Bucket, Card, Consent, Opinion, Participant, Stage, Vote, Workshop

EXPORTS = (
    ("workshops:export-statements", ("md", "json", "csv")),
    ("workshops:export-decision", ("md", "json")),
    ("workshops:export-board", ("md", "json", "csv")),
)
# What the room reads. No stage reads two of a line, so that each says as much as alone.
QUERIES = ("", "?edit={card}&pick={answer}", "?bucket=loose")
EARLIER = ("workshops:statements", "workshops:export-statements")


def plant(world: World, user: User, mark: str) -> Participant:
    """Let somebody write everything that they can write privately."""
    me = workshops.join(world.workshop, user=user)
    for stage in QUESTIONS[:3]:
        Answer.objects.create(workshop=world.workshop, stage=stage, participant=me, text=f"{mark} {stage}")
    Card.objects.create(workshop=world.workshop, participant=me, text=f"{mark} card", expectation=world.expectation)
    Opinion.objects.create(
        workshop=world.workshop, expectation=world.expectation, participant=me, verdict="met", evidence=f"{mark} why"
    )
    bucket = asked_about(world.workshop)
    Consent.objects.create(bucket=bucket, about=bucket.stamp, participant=me, value="objection", text=f"{mark} worry")
    return me


def asked_about(workshop: Workshop) -> Bucket:
    """A bucket about which everybody is asked: its dots are open, what people say of it is not."""
    if found := Bucket.objects.filter(workshop=workshop, title="Asked about").first():
        return found
    bucket = builders_focus.make_bucket(workshop, title="Asked about")
    builders_focus.make_card(workshop, bucket=bucket)
    Vote.objects.create(bucket=bucket, participant=workshop.participants.all()[0], dots=9, is_revealed=True)
    return bucket


def sent(world: World, client: Client) -> Iterator[tuple[str, bytes]]:
    """What every address that can be fetched answers to a client, at every stage of the workshop, exports included."""
    for stage in Stage:
        Workshop.objects.filter(pk=world.workshop.pk).update(stage=stage)
        for query in queries(world):
            yield fetched(client, world.workshop.get_absolute_url() + query)
    for url in addresses(world):
        yield fetched(client, url)


def queries(world: World) -> set[str]:
    return {query.format(card=card.pk, answer=answer.pk) for query in QUERIES for card, answer in pairs(world)}


def pairs(world: World) -> list[tuple[Card, Answer]]:
    """A hidden card and a hidden answer of each who wrote some."""
    hidden = {"workshop": world.workshop, "is_revealed": False}
    cards = Card.objects.filter(**hidden).order_by("participant").distinct("participant")
    answers = Answer.objects.filter(**hidden).order_by("participant").distinct("participant")
    return list(zip(cards, answers, strict=False))


def addresses(world: World) -> list[str]:
    fetchable = [route for route, verdicts in VERDICTS.items() if "GET" in verdicts]
    plain = [reverse(route, args=world.arguments.get(route, [])) for route in sorted(fetchable)]
    files = [reverse(route, args=[*world.arguments[route][:-1], kind]) for route, kinds in EXPORTS for kind in kinds]
    earlier = [reverse(route, args=world.arguments[route]) + "?on=2020-01-01" for route in EARLIER]
    return plain + files + earlier


def fetched(client: Client, url: str) -> tuple[str, bytes]:
    """The answer, headers too: a name can hide in a redirect or in the name of a file."""
    answer = client.get(url)
    body = b"".join(getattr(answer, "streaming_content", None) or [answer.content])
    return url, body + str(dict(answer.items())).encode()
