"""Somebody's browser in a room, and what they do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from mdd.models import User
from tests.browser.shelf import tab
from workshops.models import Answer

FIELD = "Your answers, one a line"


@dataclass
class Visitor:
    """Somebody's browser, and what they do in the room."""

    context: BrowserContext
    base: str
    address: str

    def open(self) -> Page:
        """The room in a new tab, once its scripts are at work."""
        page = self.tab(self.address)
        expect(page.locator("sync-chip")).to_have_attribute("state", "saved")
        return page

    def tab(self, path: str) -> Page:
        """A page in a new tab, as it comes."""
        page = tab(self.context)
        page.goto(self.base + path)
        return page

    def keep(self, page: Page) -> None:
        """Wait until the page is kept for a reload offline."""
        expect(page.locator("room-offline")).to_have_attribute("ready", "")

    def become(self, user: User) -> None:
        """Be signed in as somebody, whoever it was before."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.base}])


class Visit(Protocol):
    """Opens a browser for somebody: one that is used again, or a new one for who listens to it or changes its scripts.

    A worker keeps the page for a reload offline, and costs more than all else.
    """

    def __call__(self, user: User, /, *, has_worker: bool = False, is_new: bool = False) -> Visitor: ...


def write(page: Page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    page.get_by_role("button", name="Write it down").click()


def waylay(page: Page, address: str, meet: Callable[[Route], object], *, times: int) -> None:
    """Have the first requests to an address meet something else than the server, and let the later ones through.

    Playwright stays in their way: a request that leaves the page just when it stops to look (`times=` of its own
    `route`) is lost, and the page waits for it until its patience ends.
    """
    met = count()
    page.route(address, lambda route: meet(route) if next(met) < times else route.continue_())


def hasten(page: Page, sign: Locator) -> None:
    """Let a page whose clock is ours wait for what it waits for, a second in a tenth of one, until there is a sign."""
    for _ in range(300):
        if sign.count():
            return
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(100)
    expect(sign).not_to_have_count(0)


def pending(page: Page) -> Locator:
    return page.locator("pending-slips .slip")


def slips(page: Page) -> Locator:
    """What the server has."""
    return page.locator(".slip[id]")


def written() -> list[str]:
    return list(Answer.objects.order_by("pk").values_list("text", flat=True))
