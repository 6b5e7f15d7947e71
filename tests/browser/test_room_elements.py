"""The custom elements of a workshop, each alone on a page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
ORIGIN = "http://mdd.test"
HEAD = "".join(f'<script type="module" src="/{name}.js"></script>' for name in ("time-box", "room-pulse"))
NOW = "2026-11-12T09:00:00.250000+00:00"
BOX = (
    '<time-box since="{since}" now="{now}" minutes="8" data-left="{{minutes}} of {{all}} min left" '
    'data-over="over by {{minutes}}">8 min, since 10:00</time-box>'
)
PULSE = '<room-pulse src="/pulse/" serial="41" every="0.02"><a href="/" hidden>Show it</a></room-pulse>'
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
    ("since", "said"),
    [
        ("2026-11-12T09:00:00+00:00", "8 of 8 min left"),
        ("2026-11-12T08:54:30+00:00", "3 of 8 min left"),
        ("2026-11-12T09:49:30+01:00", "over by 2"),
    ],
)
def test_a_time_box_counts_by_the_servers_clock(show: Show, since: str, said: str) -> None:
    page = show(BOX.format(since=since, now=NOW))

    expect(page.locator("time-box")).to_have_text(said)


@pytest.mark.parametrize(("status", "is_shown"), [(204, False), (200, True), (500, False), (404, False)])
def test_the_pulse_offers_and_replaces_nothing(show: Show, page: Page, status: int, is_shown: bool) -> None:
    asked: list[str] = []

    def reply(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=status, body="42" if status == 200 else "")

    page.route(f"{ORIGIN}/pulse/**", reply)

    with page.expect_response("**/pulse/**"):
        show(PULSE)
    page.wait_for_timeout(60)

    assert page.get_by_text("Show it").is_visible() is is_shown
    assert asked[0].endswith("?serial=41")
    assert len(asked) == 1 or status in {204, 500}
