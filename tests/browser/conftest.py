"""A real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mdd.models import Role, User
from tests import builders
from tests.browser import chromium
from tests.browser.room.webs import Web
from tests.browser.served import Served
from tests.browser.shelf import Shelf

# Nothing that a browser asks of its maker while it runs.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# A container's root has no name space for the browser's own walls.
OPEN = ["--no-sandbox", "--disable-gpu"]


@pytest.fixture(scope="package")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Ends with the tests that need one: while it runs its thread has an event loop.

    Beside that, others cannot start one, and Django cannot make the tests' database: that comes first.
    """
    with chromium.driven() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=[*QUIET, *OPEN])
        yield started
        started.close()


@pytest.fixture(scope="package")
def shelf(browser: Browser) -> Shelf:
    return Shelf(browser)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nobody yet; an error of a script on it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="module")
def database_beside_a_browser() -> Iterator[None]:
    """The browser's loop runs in this thread, and Django would not let it near the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def ada(database_beside_a_browser: None, transactional_db: None) -> User:
    """Admin of a squad."""
    return builders.make_member(builders.make_squad(), Role.ADMIN, name="Ada")


@pytest.fixture
def served(database_beside_a_browser: None, transactional_db: None, shelf: Shelf, web: Web) -> Iterator[Served]:
    started = Served(shelf, web.base)
    yield started
    started.close()
