"""What a device keeps of a room: for whom, how long, and what it says where it can keep nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Dialog, expect

from mdd.models import Membership, User
from tests.browser import chromium
from tests.browser.conftest import OPEN, QUIET
from tests.browser.room.visitors import FIELD, Visit, pending, slips, write, written
from tests.browser.room.webs import Web
from tests.stack import wait_until
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

KEPT = "async () => (await (await caches.match(location.pathname)).text()).includes('Departures')"
KEEP = """async html => {
  const headers = { "MDD-Person": document.getElementById("room").dataset.person };
  await (await caches.open("mdd-rooms")).put(location.pathname, new Response(html, { headers }));
}"""
TAKE = """html => {
  const detail = { html, url: location.href, status: 200 };
  document.dispatchEvent(new CustomEvent("room:fresh", { detail }));
}"""
HELD = """async () => [
  ...Object.keys(localStorage).filter(key => key.startsWith("mdd:")),
  ...(await (await caches.open("mdd-rooms")).keys()).map(({ url }) => url),
]"""


def test_the_kept_page_shows_what_was_answered_since_it_was_opened(visit: Visit, mia: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)
    write(page, "Departures")
    expect(slips(page)).to_have_count(1)
    wait_until(lambda: page.evaluate(KEPT), 20)

    visitor.context.set_offline(True)
    page.reload()

    expect(slips(page)).to_have_count(1)
    expect(page.locator("sync-chip [data-words]")).to_have_text("Offline")


def test_a_page_that_comes_late_is_not_kept_in_place_of_a_newer_one(visit: Visit, mia: User) -> None:
    page = visit(mia).open()
    before = page.evaluate("async () => (await fetch(location.href)).text()")
    page.evaluate(KEEP, before)
    write(page, "Departures")
    wait_until(lambda: page.evaluate(KEPT), 20)

    page.evaluate(TAKE, before)
    page.wait_for_timeout(500)

    assert page.evaluate(KEPT)


def test_the_kept_page_of_one_person_is_not_shown_to_another(visit: Visit, mia: User, ada: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)

    visitor.become(ada)
    page.reload()
    expect(page.locator("#room")).to_have_attribute("data-person", f"user:{ada.pk}")
    visitor.context.set_offline(True)
    page.reload()

    expect(page.locator("#room")).to_have_attribute("data-person", f"user:{ada.pk}")


def test_signing_out_asks_and_wipes(visit: Visit, mia: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)
    page.get_by_label(FIELD).press_sequentially("Half a thought")
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.locator(".rail__account > button").click()
    sign_out = page.get_by_role("button", name="Sign out")
    sign_out.click()
    expect(page.get_by_label(FIELD)).to_have_value("Half a thought")
    assert len(page.evaluate(HELD)) == 2
    page.once("dialog", lambda dialog: dialog.accept())
    sign_out.click()

    expect(page.locator("#room")).to_have_count(0)
    assert asked == ["1 of your things here have not been sent. Leave and remove them from this device?"]
    assert page.evaluate(HELD) == []


def test_a_workshop_one_may_not_see_any_more_is_wiped(visit: Visit, mia: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)
    assert len(page.evaluate(HELD)) == 1

    Membership.objects.filter(user=mia).delete()
    page.evaluate("document.dispatchEvent(new CustomEvent('room:stale'))")

    expect(page.locator("#room")).to_have_count(0)
    assert page.evaluate(HELD) == []


@pytest.fixture
def elsewhere(browser: Browser, web: Web, mia: User) -> Iterator[BrowserContext]:
    """Mia's browser in a room on plain HTTP that is not this machine."""
    started = browser.browser_type.launch(
        executable_path=chromium.find(), args=[*QUIET, *OPEN, "--host-resolver-rules=MAP room.test 127.0.0.1"]
    )
    context = started.new_context()
    context.set_default_timeout(30_000)
    client = Client()
    client.force_login(mia)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    there = f"http://room.test:{web.port}"
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": there}])
    yield context
    started.close()


def test_where_no_page_can_be_kept_it_says_so_and_warns(
    elsewhere: BrowserContext, web: Web, workshop: Workshop
) -> None:
    page = elsewhere.new_page()
    page.goto(f"http://room.test:{web.port}{workshop.get_absolute_url()}")
    assert page.evaluate("isSecureContext") is False
    warned: list[str] = []

    def stay(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.dismiss()

    elsewhere.set_offline(True)
    write(page, "Departures")
    expect(pending(page)).to_have_count(1)
    expect(page.locator("[data-note-words]")).to_contain_text("Do not reload now")
    page.once("dialog", stay)
    page.close(run_before_unload=True)
    elsewhere.set_offline(False)

    expect(slips(page)).to_have_count(1)
    expect(pending(page)).to_have_count(0)
    assert warned == ["beforeunload"]
    assert written() == ["Departures"]
