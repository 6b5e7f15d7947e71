"""A workshop that Ada facilitates and Mia takes part in."""

from __future__ import annotations

import pytest
from django.test import Client

from mdd.models import Squad, User
from tests.builders import make_expectation
from tests.workshops import builders_focus as builders
from tests.workshops.coming import client_of as browser_of
from tests.workshops.coming import make_guest
from tests.workshops.posting import move
from tests.workshops.voting import put_dot, reveal
from workshops.actions import apart, workshops
from workshops.models import Bucket, Card, Participant, Workshop

Rooms = dict[str, Client]


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return workshops.start(squad, title="Spring", path="whole", by=ada)


@pytest.fixture
def alone(squad: Squad, mia: User) -> Workshop:
    return workshops.start(squad, title="A first number", path="alone", by=mia)


@pytest.fixture
def ada_in(workshop: Workshop, ada: User) -> Participant:
    return Participant.objects.get(workshop=workshop, user=ada)


@pytest.fixture
def mia_in(workshop: Workshop, mia: User) -> Participant:
    return workshops.join(workshop, user=mia)


@pytest.fixture
def focusing(squad: Squad, ada: User) -> Workshop:
    """At the stage Focus."""
    return builders.make_workshop(squad, ada)


@pytest.fixture
def facilitator(focusing: Workshop, ada: User) -> Participant:
    return Participant.objects.get(workshop=focusing, user=ada)


@pytest.fixture
def finalists(focusing: Workshop) -> list[Bucket]:
    return builders.make_finalists(focusing)


@pytest.fixture
def me(focusing: Workshop, mia: User) -> Participant:
    return builders.take_part(focusing, mia)


@pytest.fixture
def leading(focusing: Workshop, finalists: list[Bucket], facilitator: Participant) -> Bucket:
    """The bucket that has a dot, after the reveal."""
    put_dot(finalists[1], facilitator)
    reveal(focusing, facilitator)
    return finalists[1]


@pytest.fixture
def wrapping(squad: Squad, ada: User) -> Workshop:
    return builders.make_workshop(squad, ada, stage="wrap-up")


@pytest.fixture
def bucket(wrapping: Workshop) -> Bucket:
    return builders.make_bucket(wrapping, if_falls="ask the desk")


@pytest.fixture
def survivor(wrapping: Workshop, bucket: Bucket, ada: User) -> Card:
    return builders.make_card(wrapping, bucket=bucket, expectation=make_expectation(wrapping.squad, ada))


@pytest.fixture
def by(wrapping: Workshop, mia: User) -> Participant:
    return builders.take_part(wrapping, mia)


@pytest.fixture
def gus(workshop: Workshop) -> Participant:
    """A guest, who has no account."""
    return make_guest(workshop)


@pytest.fixture
def as_gus(gus: Participant) -> Client:
    return browser_of(gus)


@pytest.fixture
def whole(workshop: Workshop, mia_in: Participant, gus: Participant) -> Workshop:
    """At Throw, with Ada who leads, Mia, and Gus, a guest."""
    return move(workshop, "throw")


@pytest.fixture
def group(whole: Workshop, mia_in: Participant, gus: Participant) -> Workshop:
    """A group in which Mia and Gus sit."""
    group = apart.open_group(whole, 1)
    apart.seat(group, mia_in, leads=True)
    apart.seat(group, gus)
    return group
