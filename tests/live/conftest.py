"""A workshop with people in it."""

from __future__ import annotations

import pytest

from mdd.models import Role, User
from tests import builders
from workshops.actions import workshops
from workshops.models import Participant, Workshop


@pytest.fixture
def lead(transactional_db: None) -> User:
    return builders.make_member(builders.make_squad(), Role.ADMIN, name="Ada")


@pytest.fixture
def writer(lead: User) -> User:
    return builders.make_member(lead.memberships.get().squad, Role.MEMBER, name="Mia")


@pytest.fixture
def looker(lead: User) -> User:
    return builders.make_member(lead.memberships.get().squad, Role.VIEWER, name="Vic")


@pytest.fixture
def room(lead: User) -> Workshop:
    return workshops.start(lead.memberships.get().squad, title="Spring", path="whole", by=lead)


@pytest.fixture
def place(room: Workshop, writer: User) -> Participant:
    return workshops.join(room, user=writer)
