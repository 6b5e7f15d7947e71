"""A workshop of the squad that Ada facilitates."""

from __future__ import annotations

import pytest

from mdd.models import Squad, User
from tests.workshops import builders_focus as builders
from workshops.models import Bucket, Participant, Workshop


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
