"""The web process of the test, and browsers that come to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from mdd.models import User
from tests.browser.shelf import Shelf, tab

DESK = {"width": 1280, "height": 1300}
PHONE = {"width": 360, "height": 740}
PLAIN: dict[str, Any] = {"reduced_motion": "reduce", "viewport": DESK, "service_workers": "block"}


class Served:
    """Contexts are opened on it and closed with it; an error of a script in one of them fails the test."""

    def __init__(self, shelf: Shelf, base: str) -> None:
        self.shelf, self.base = shelf, base
        self.opened: list[BrowserContext] = []

    def context(self, user: User | None = None, **options: Any) -> BrowserContext:
        """A browser of its own, signed in as `user`."""
        context = self.shelf.take(**{**PLAIN, "base_url": self.base, **options})
        context.set_default_timeout(15_000)
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        self.opened.append(context)
        return context

    def page(self, user: User | None, url: str, **options: Any) -> Page:
        page = tab(self.context(user, **options))
        page.goto(url)
        return page

    def close(self) -> None:
        self.shelf.put_back(*self.opened)
