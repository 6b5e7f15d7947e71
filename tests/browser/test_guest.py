"""Somebody comes into a workshop on a phone, without an account: two pages, one field."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from mdd.models import User
from tests.browser.axe import assert_accessible
from tests.browser.served import PHONE, Served
from tests.browser.shelf import tab
from workshops.actions import workshops
from workshops.models import Answer, Participant, Workshop

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def workshop(ada: User) -> Workshop:
    return workshops.start(ada.memberships.get().squad, title="Spring", path="whole", by=ada)


@pytest.fixture
def phone(served: Served) -> Page:
    return tab(served.context(viewport=PHONE, has_touch=True))


def come_in(phone: Page, workshop: Workshop) -> None:
    phone.goto(f"/go/{workshop.join_code}/")
    phone.get_by_label("Your name").fill("Samantha Featherstonehaugh-Cholmondeley")
    phone.get_by_role("button", name="Come in").tap()
    expect(phone.get_by_text("You are here as a guest")).to_be_visible(timeout=15_000)


@pytest.mark.long
def test_a_guest_comes_in_by_tap_and_writes(phone: Page, workshop: Workshop) -> None:
    pages: list[str] = []

    def note(request: Request) -> None:
        pages.extend([request.method] if request.is_navigation_request() else [])

    phone.on("request", note)
    come_in(phone, workshop)
    phone.remove_listener("request", note)
    assert [method for method in pages if method == "POST"] == ["POST"]

    phone.get_by_label("Your answers, one a line").fill("Flights on time")
    phone.get_by_role("button", name="Write it down").tap()

    expect(phone.locator(".slip[id] .slip__text")).to_have_text("Flights on time")
    assert Answer.objects.get().participant == Participant.objects.get(user=None)


@pytest.mark.long
@pytest.mark.parametrize("path", ["/go/", "/go/{code}/", "/workshops/{pk}/", "/workshops/{pk}/people/"])
def test_what_a_guest_sees_is_accessible_and_no_wider_than_a_phone(phone: Page, workshop: Workshop, path: str) -> None:
    if "pk" in path:
        come_in(phone, workshop)

    phone.goto(path.format(code=workshop.join_code, pk=workshop.pk))

    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.long
def test_who_waits_at_the_door_goes_in_without_touching_the_page(phone: Page, workshop: Workshop) -> None:
    Workshop.objects.update(needs_approval=True)
    phone.goto(f"/go/{workshop.join_code}/")
    phone.get_by_label("Your name").fill("Sam")
    phone.get_by_role("button", name="Come in").tap()
    expect(phone.get_by_role("heading", name="You are at the door")).to_be_visible()
    assert_accessible(phone)

    Participant.objects.filter(name="Sam").update(approved_at=timezone.now())

    expect(phone.get_by_text("You are here as a guest")).to_be_visible(timeout=15_000)
