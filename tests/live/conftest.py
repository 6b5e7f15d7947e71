"""A workshop with people in it, and the real web process on the test's database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mdd.models import Role, User
from tests import builders
from tests.browser.room.webs import Web
from workshops.actions import workshops
from workshops.models import Participant, Workshop


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    started = Web(tmp_path_factory.mktemp("web") / "log")
    started.start()
    yield started
    started.kill()


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
