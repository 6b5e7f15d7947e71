"""A workshop at its first question, with Ada and Mia in it, each in a browser of their own on the real web process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from mdd.models import Role, User
from tests import builders
from tests.browser.room.visitors import Visit, Visitor
from tests.browser.room.webs import Web
from workshops.actions import workshops
from workshops.models import Workshop

PATIENCE = 30_000


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
def visit(browser: Browser, web: Web, workshop: Workshop) -> Iterator[Visit]:
    """Somebody's browser; an error of a script in it fails the test."""
    errors: list[str] = []
    opened: list[BrowserContext] = []
    expect.set_options(timeout=PATIENCE)

    def visited(user: User, *, has_worker: bool = False) -> Visitor:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
            service_workers="allow" if has_worker else "block",
        )
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        opened.append(context)
        visitor = Visitor(context, web.base, workshop.get_absolute_url())
        visitor.become(user)
        return visitor

    yield visited
    for context in opened:
        context.close()
    assert errors == []
