"""Verdicts, dots, answers, guesses: before they are open no payload depends on them, afterwards none on whose they are.

What is sent is compared, not searched: whatever leads from a payload to a secret would differ with the secret.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from mdd.models import Squad, User
from tests.builders import make_member
from tests.workshops import builders_focus as builders
from tests.workshops.boards import place_of
from tests.workshops.payloads import Ears, differing, swap
from tests.workshops.voting import open_answers, put_dot, reveal, say
from workshops.actions import guessing, keeps
from workshops.models import Card, Consent, Guess, Keep, Participant, Stage, Vote, Workshop

SECRET = "quiet-spaghetti"
STAGES = (Stage.FOCUS, Stage.PRUNE, Stage.WRAP_UP)


class Secrets:
    """Mia and Tom have judged a card, put a dot, answered and guessed, each in another way."""

    def __init__(self, workshop: Workshop, mia: User, tom: User) -> None:
        self.workshop, self.lead = workshop, workshop.participants.get(role="facilitator")
        self.mia, self.tom = place_of(workshop, mia), place_of(workshop, tom)
        self.buckets = builders.make_finalists(workshop, 2)
        self.card = builders.make_card(workshop, bucket=self.buckets[0], state="grouped", text="Who waits?")
        self.judge(self.mia, "keep", "")
        self.judge(self.tom, "park", "gaming")
        for person, bucket, value in ((self.mia, self.buckets[0], 40.0), (self.tom, self.buckets[1], 70.0)):
            put_dot(bucket, person)
            guessing.guess(self.buckets[0], value=value, by=person, operation=uuid4())
        say(self.buckets[0], self.mia)
        say(self.buckets[0], self.tom, "concern", SECRET)

    def judge(self, by: Participant, value: str, reason: str) -> None:
        keeps.judge(self.card, value=value, reason=reason, by=by, operation=uuid4())

    def open_all(self) -> None:
        keeps.settle(self.workshop, bucket=self.card.bucket_id, by=self.lead, operation=uuid4())
        reveal(self.workshop, self.lead)
        open_answers(self.buckets[0], self.lead)
        guessing.reveal(self.buckets[0], by=self.lead, operation=uuid4())
        builders.decide(self.buckets[0], self.lead)


@pytest.fixture
def secrets(squad: Squad, ada: User, mia: User) -> Secrets:
    workshop = builders.make_workshop(squad, ada, stage=Stage.PRUNE)
    return Secrets(workshop, mia, make_member(squad, name="Tom"))


@pytest.fixture
def ears(secrets: Secrets, ada: User, vic: User) -> Ears:
    return Ears(secrets.workshop, ada, vic)


def be_at(workshop: Workshop, stage: str) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(stage=stage)


OTHERWISE: list[Callable[[Secrets], object]] = [
    lambda it: Keep.objects.filter(participant=it.mia).update(value="park", reason="later"),
    lambda it: Vote.objects.filter(participant=it.mia).update(bucket=it.buckets[1]),
    lambda it: Consent.objects.filter(participant=it.mia).update(value="objection", text="No"),
    lambda it: Consent.objects.filter(participant=it.tom).update(text="Something else"),
    lambda it: Guess.objects.filter(participant=it.mia).update(value=4711),
]


@pytest.mark.sampled
@pytest.mark.parametrize("stage", STAGES)
def test_before_it_is_open_no_payload_depends_on_it(secrets: Secrets, ears: Ears, stage: str) -> None:
    be_at(secrets.workshop, stage)
    before = ears.heard()

    assert [turn(secrets) for turn in OTHERWISE] == [1] * len(OTHERWISE)

    assert differing(before, ears.heard()) == []
    assert not any(SECRET in payload for payload in before.values())


@pytest.mark.long
@pytest.mark.parametrize("stage", STAGES[:2])
def test_once_it_is_open_no_payload_depends_on_whose_it_is(secrets: Secrets, ears: Ears, stage: str) -> None:
    secrets.open_all()
    be_at(secrets.workshop, stage)
    before = ears.heard()

    swap(secrets.mia, secrets.tom)

    assert differing(before, ears.heard()) == []


def test_what_is_open_is_sent(secrets: Secrets, ears: Ears) -> None:
    """Else the tests above would prove nothing."""
    secrets.open_all()
    be_at(secrets.workshop, Stage.FOCUS)
    before = ears.heard()
    assert any(SECRET in payload for payload in before.values())

    Guess.objects.filter(participant=secrets.mia).update(value=4711)
    Vote.objects.filter(participant=secrets.mia).update(bucket=secrets.buckets[1])

    assert differing(before, ears.heard())


def test_a_private_card_is_no_part_of_any_payload(secrets: Secrets, ears: Ears) -> None:
    hidden = Card.objects.create(workshop=secrets.workshop, participant=secrets.mia, text=SECRET)
    be_at(secrets.workshop, Stage.THROW)
    before = ears.heard()

    Card.objects.filter(pk=hidden.pk).update(text="Something else?", kind="metric")

    assert differing(before, ears.heard()) == []
