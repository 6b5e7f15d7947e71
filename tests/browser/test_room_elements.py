"""The custom elements of a workshop, each alone on a page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.long]

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
ORIGIN = "http://mdd.test"
SCRIPT = '<script type="module" src="/{}.js"></script>'
HEAD = "".join(SCRIPT.format(name) for name in ("server-clock", "time-box", "count-down"))
NOW = "2026-11-12T09:00:00.250000+00:00"
ROOM = f'<div id="room" data-now="{NOW}">{{}}</div>'
BOX = ROOM.format(
    '<time-box seconds="480" ends="{ends}" left="{left}" data-left="{{minutes}} of {{all}} min left" '
    'data-over="over by {{minutes}}" data-rests="stopped, {{minutes}} left" data-minute="One minute left." '
    'data-end="Over."><span>8 min, until 10:00</span></time-box>'
)
Show = Callable[[str], Page]


@pytest.fixture
def show(page: Page) -> Show:
    """Puts a body on the stage."""

    def script(route: Route) -> None:
        route.fulfill(path=SCRIPTS / route.request.url.rsplit("/", 1)[1], content_type="text/javascript")

    def staged(body: str) -> Page:
        page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=HEAD + body, content_type="text/html"))
        page.route(f"{ORIGIN}/?", lambda route: route.fulfill(body=HEAD + body, content_type="text/html"))
        page.route(f"{ORIGIN}/*.js", script)
        page.goto(f"{ORIGIN}/")
        return page

    return staged


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("2026-11-12T09:08:00+00:00", "8 of 8 min left"),
        ("2026-11-12T09:02:30+00:00", "3 of 8 min left"),
        ("2026-11-12T09:57:30+01:00", "over by 2"),
    ],
)
def test_a_time_box_counts_by_the_servers_clock(show: Show, ends: str, said: str) -> None:
    page = show(BOX.format(ends=ends, left=""))

    expect(page.locator("time-box")).to_have_text(said)


def test_a_clock_that_rests_says_what_is_left(show: Show) -> None:
    page = show(BOX.format(ends="", left="130"))

    expect(page.locator("time-box")).to_have_text("stopped, 3 left")


def test_a_voice_says_once_that_a_minute_is_left_and_that_the_time_is_over(show: Show) -> None:
    page = show(BOX.format(ends="2026-11-12T09:01:10+00:00", left=""))
    page.evaluate("document.addEventListener('time:over', () => { document.body.dataset.rang = 'yes' })")
    voice = page.get_by_role("status")
    expect(voice).to_have_count(0)

    leap(page, 20)
    expect(voice).to_have_text("One minute left.")
    leap(page, 80)

    expect(voice).to_have_text("Over.")
    expect(page.locator("body")).to_have_attribute("data-rang", "yes")


def test_a_page_that_comes_late_hears_nothing(show: Show) -> None:
    page = show(BOX.format(ends="2026-11-12T09:00:30+00:00", left=""))

    leap(page, 5)

    expect(page.locator("time-box")).to_have_text("1 of 8 min left")
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_countdown_asks_for_the_room_when_it_is_over(show: Show) -> None:
    page = show(ROOM.format('<count-down to="2026-11-12T09:00:05+00:00">5</count-down>'))
    page.evaluate("document.addEventListener('room:stale', () => { document.body.dataset.asked = 'yes' })")
    expect(page.locator("count-down")).to_have_text("5")
    expect(page.locator("body")).not_to_have_attribute("data-asked", "yes")

    leap(page, 10)

    expect(page.locator("count-down")).to_have_text("0")
    expect(page.locator("body")).to_have_attribute("data-asked", "yes")


def leap(page: Page, seconds: int) -> None:
    """Let the server's clock be so much later than when the page was made."""
    page.evaluate(
        "seconds => { const then = window.serverNow; window.serverNow = () => then() + seconds * 1000 }", seconds
    )


@pytest.mark.parametrize(("code", "is_left"), [(229, False), (27, True)])
def test_a_key_that_composes_a_sign_is_no_shortcut(show: Show, code: int, *, is_left: bool) -> None:
    scripts = "".join(SCRIPT.format(name) for name in ("composing-keys", "throw-composer"))
    page = show(f"{scripts}<throw-composer><form><textarea></textarea></form></throw-composer>")
    page.get_by_role("textbox").focus()

    keys = page.context.new_cdp_session(page)
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "Escape", "windowsVirtualKeyCode": code})

    assert page.evaluate("document.activeElement === document.body") is is_left
