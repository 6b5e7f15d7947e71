"""The custom elements of a workshop, each alone on a page, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
ORIGIN = "http://mdd.test"
HEAD = '<script type="module" src="/time-box.js"></script>'
NOW = "2026-11-12T09:00:00.250000+00:00"
BOX = (
    '<time-box since="{since}" now="{now}" minutes="8" data-left="{{minutes}} of {{all}} min left" '
    'data-over="over by {{minutes}}">8 min, since 10:00</time-box>'
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
