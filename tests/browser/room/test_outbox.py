"""Nothing that is done in a room is lost or doubled, whatever the network, the server and the tabs do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from mdd.models import Topic, User
from tests.browser.axe import assert_accessible
from tests.browser.room.visitors import FIELD, Visit, hasten, pending, slips, waylay, write, written
from tests.browser.room.webs import Web
from workshops.models import Participant, Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]


def impatient(visit: Visit, user: User) -> Page:
    """A room whose clock is ours."""
    visitor = visit(user, is_new=True)
    visitor.context.clock.install()
    return visitor.open()


def test_what_is_written_offline_survives_a_reload_and_arrives_once(visit: Visit, mia: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)

    visitor.context.set_offline(True)
    write(page, "Departures")
    expect(pending(page)).to_have_text(["Departures Kept on this device"])
    page.get_by_label(FIELD).press_sequentially("Half a tho")
    page.reload()

    expect(page.get_by_label(FIELD)).to_have_value("Half a tho")
    expect(pending(page)).to_have_text(["Departures Kept on this device"])
    page.get_by_label(FIELD).fill("Notices\nRebookings")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("sync-chip [data-words]")).to_have_text("Offline, kept on this device (2)")
    assert_accessible(page)
    assert written() == []

    visitor.context.set_offline(False)
    expect(slips(page)).to_have_count(3)
    expect(pending(page)).to_have_count(0)
    expect(page.locator("sync-chip [data-words]")).to_have_text("Saved")
    page.reload()
    expect(slips(page)).to_have_count(3)
    assert written() == ["Departures", "Notices", "Rebookings"]


def test_a_server_that_is_killed_gets_everything_in_order_afterwards(visit: Visit, mia: User, web: Web) -> None:
    page = visit(mia).open()
    texts = [f"Answer {number}" for number in range(6)]

    web.kill()
    for number, text in enumerate(texts, start=1):
        write(page, text)
        expect(pending(page)).to_have_count(number)
    expect(page.locator("sync-chip")).to_have_attribute("state", "away")
    web.start()

    expect(slips(page)).to_have_count(6)
    expect(page.locator("sync-chip")).to_have_attribute("state", "saved")
    assert written() == texts


def test_only_the_last_of_those_that_wait_brings_a_page(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    page = visitor.open()
    visitor.context.set_offline(True)
    for number in range(4):
        write(page, f"Answer {number}")
    expect(pending(page)).to_have_count(4)
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status) if "/write/" in response.url else None)

    visitor.context.set_offline(False)

    expect(slips(page)).to_have_count(4)
    expect(page.locator("sync-chip")).to_have_attribute("state", "saved")
    assert answers == [204, 204, 204, 302]


def test_what_one_does_oneself_is_fetched_once(visit: Visit, mia: User) -> None:
    visitor = visit(mia, has_worker=True)
    page = visitor.open()
    visitor.keep(page)
    expect(page.locator("live-topic")).to_have_attribute("data-mode", "live")
    # Somebody who goes away changes the page by time alone, and then it is asked for again.
    Participant.objects.update(last_seen_at=timezone.now() + timedelta(hours=1))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))

    write(page, "Departures")
    expect(slips(page)).to_have_count(1)
    expect(page.locator("#room")).to_have_attribute("data-serial", str(Topic.objects.get().serial))
    page.wait_for_timeout(1_000)

    here = f"{visitor.base}{visitor.address}"
    assert asked == [f"POST {here}write/", f"GET {here}"]


def test_an_answer_that_got_lost_does_not_double_what_was_done(visit: Visit, mia: User) -> None:
    page = impatient(visit, mia)
    arrived: list[int] = []

    def swallow(route: Route) -> None:
        arrived.append(route.fetch(max_redirects=0).status)
        route.abort()

    waylay(page, "**/write/", swallow, times=2)
    write(page, "Departures")

    hasten(page, slips(page))
    expect(pending(page)).to_have_count(0)
    assert arrived == [302, 302]
    assert written() == ["Departures"]


@pytest.mark.parametrize("status", [200, 403, 404])
def test_the_page_of_whoever_stands_before_the_server_is_no_answer(visit: Visit, mia: User, status: int) -> None:
    page = impatient(visit, mia)
    waylay(page, "**/write/", lambda route: route.fulfill(status=status, body="<h1>Come back later</h1>"), times=2)

    write(page, "Departures")

    hasten(page, slips(page))
    expect(page.locator("unsent-list")).to_be_hidden()
    assert written() == ["Departures"]


@pytest.mark.parametrize("status", [503, 429, 500])
def test_a_server_that_is_not_well_is_asked_again(visit: Visit, mia: User, status: int) -> None:
    page = impatient(visit, mia)
    waylay(page, "**/write/", lambda route: route.fulfill(status=status, body="not now"), times=2)

    write(page, "Departures")

    hasten(page, slips(page))
    assert written() == ["Departures"]


def test_two_tabs_of_one_person_send_once_and_show_the_same(visit: Visit, mia: User) -> None:
    visitor = visit(mia)
    one, other = visitor.open(), visitor.open()

    visitor.context.set_offline(True)
    write(one, "From one")
    write(other, "From the other")
    for page in (one, other):
        expect(pending(page)).to_have_count(2)
    visitor.context.set_offline(False)

    for page in (one, other):
        expect(slips(page)).to_have_count(2)
        expect(pending(page)).to_have_count(0)
    write(one, "Shown in both")
    expect(slips(other)).to_have_count(3)
    assert written() == ["From one", "From the other", "Shown in both"]


def test_the_same_press_again_while_it_waits_is_one(visit: Visit, mia: User, workshop: Workshop) -> None:
    visitor = visit(mia)
    page = visitor.open()

    visitor.context.set_offline(True)
    for _ in range(3):
        page.get_by_role("button", name="I am done").click()
        expect(page.locator("sync-chip [data-words]")).to_have_text("Offline, kept on this device (1)")
    visitor.context.set_offline(False)

    expect(page.get_by_role("button", name="I am done")).to_have_attribute("aria-pressed", "true")
    assert workshop.topic.events.filter(kind="done-said").count() == 1
