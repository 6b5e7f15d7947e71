"""Somebody comes into a workshop on a phone, without an account: two pages, one field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from mdd.models import Role
from tests import builders
from tests.browser.axe import assert_accessible
from workshops.actions import workshops
from workshops.models import Answer, Participant, Workshop

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
NARROW = 360


@pytest.fixture(scope="module", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    """The browser's loop runs in this thread, and Django would not let it near the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    squad = builders.make_squad()
    return workshops.start(squad, title="Spring", path="whole", by=builders.make_member(squad, Role.ADMIN))


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Page]:
    settings.STORAGES = settings.STORAGES | PLAIN  # the test's server finds files by their plain names
    errors: list[str] = []
    context = browser.new_context(
        viewport={"width": NARROW, "height": 740}, has_touch=True, reduced_motion="reduce", base_url=live_server.url
    )
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []


def come_in(phone: Page, workshop: Workshop) -> None:
    phone.goto(f"/go/{workshop.join_code}/")
    phone.get_by_label("Your name").fill("Samantha Featherstonehaugh-Cholmondeley")
    phone.get_by_role("button", name="Come in").tap()
    expect(phone.get_by_text("You are here as a guest")).to_be_visible(timeout=15_000)


def test_a_guest_comes_in_by_tap_and_writes(phone: Page, workshop: Workshop) -> None:
    pages: list[str] = []
    phone.on("request", lambda request: pages.append(request.method) if request.is_navigation_request() else None)
    come_in(phone, workshop)
    assert [method for method in pages if method == "POST"] == ["POST"]

    phone.get_by_label("Your answers, one a line").fill("Flights on time")
    phone.get_by_role("button", name="Write it down").tap()

    expect(phone.locator(".slip__text")).to_have_text("Flights on time")
    assert Answer.objects.get().participant == Participant.objects.get(user=None)


@pytest.mark.parametrize("path", ["/go/", "/go/{code}/", "/workshops/{pk}/", "/workshops/{pk}/people/"])
def test_what_a_guest_sees_is_accessible_and_no_wider_than_a_phone(phone: Page, workshop: Workshop, path: str) -> None:
    if "pk" in path:
        come_in(phone, workshop)

    phone.goto(path.format(code=workshop.join_code, pk=workshop.pk))

    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW


def test_who_waits_at_the_door_goes_in_without_touching_the_page(phone: Page, workshop: Workshop) -> None:
    Workshop.objects.update(needs_approval=True)
    phone.goto(f"/go/{workshop.join_code}/")
    phone.get_by_label("Your name").fill("Sam")
    phone.get_by_role("button", name="Come in").tap()
    expect(phone.get_by_role("heading", name="You are at the door")).to_be_visible()
    assert_accessible(phone)

    Participant.objects.filter(name="Sam").update(approved_at=timezone.now())

    expect(phone.get_by_text("You are here as a guest")).to_be_visible(timeout=15_000)
