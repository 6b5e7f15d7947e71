"""The test's own server, and browsers that come to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from mdd.models import User

DESK = {"width": 1280, "height": 1300}
PHONE = {"width": 360, "height": 740}
PLAIN: dict[str, Any] = {"reduced_motion": "reduce", "viewport": DESK, "service_workers": "block"}


class Served:
    """Contexts are opened on it and closed with it; an error of a script in one of them fails the test."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.errors: list[str] = []
        self.opened: list[BrowserContext] = []

    def context(self, user: User | None = None, **options: Any) -> BrowserContext:
        """A browser of its own, signed in as `user`."""
        context = self.browser.new_context(**{**PLAIN, "base_url": self.base, **options})
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        self.opened.append(context)
        return context

    def page(self, user: User | None, url: str, **options: Any) -> Page:
        page = self.context(user, **options).new_page()
        page.goto(url)
        return page

    def close(self) -> None:
        for context in self.opened:
            context.close()
        assert self.errors == []
