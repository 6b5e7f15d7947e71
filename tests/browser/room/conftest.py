"""A workshop at its first question, with Ada and Mia in it, each in a browser of their own on the real web process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from mdd.models import Role, User
from tests import builders
from tests.browser.room.visitors import Visit, Visitor
from tests.browser.room.webs import Web
from tests.browser.shelf import Shelf
from workshops.actions import workshops
from workshops.models import Workshop

PATIENCE = 30_000
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}


@pytest.fixture(scope="module", autouse=True)
def _beside(database_beside_a_browser: None) -> None:
    """Every test here looks into the database."""


@pytest.fixture
def mia(ada: User) -> User:
    return builders.make_member(ada.memberships.get().squad, Role.MEMBER, name="Mia")


@pytest.fixture
def workshop(ada: User, mia: User) -> Workshop:
    started = workshops.start(ada.memberships.get().squad, title="Spring", path="whole", by=ada)
    workshops.join(started, user=mia)
    return started


@pytest.fixture
def visit(shelf: Shelf, web: Web, workshop: Workshop) -> Iterator[Visit]:
    """Somebody's browser; an error of a script in it fails the test."""
    opened: list[BrowserContext] = []
    expect.set_options(timeout=PATIENCE)

    def visited(user: User, *, has_worker: bool = False, is_new: bool = False) -> Visitor:
        context = shelf.take(**DESK, service_workers="allow" if has_worker else "block", is_new=is_new or has_worker)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        visitor = Visitor(context, web.base, workshop.get_absolute_url())
        visitor.become(user)
        return visitor

    yield visited
    shelf.put_back(*opened)
