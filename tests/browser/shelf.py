"""Browsers that are used again: a page where the files are known costs a third of one where nothing is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

NOWHERE = "about:blank"


class Shelf:
    """What is taken from it has one tab, knows nobody and keeps nothing, but for the files that all people share."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[BrowserContext]] = defaultdict(list)
        self.kinds: dict[BrowserContext, str] = {}
        self.errors: list[str] = []

    def take(self, *, is_new: bool = False, **options: Any) -> BrowserContext:
        """A browser with these options. What is `is_new` is not put back: a script for each page of it would stay."""
        kind = repr(sorted(options.items()))
        if self.free[kind] and not is_new:
            context = self.free[kind].pop()
            context.pages[0].set_viewport_size(options["viewport"])
            return context
        context = self.browser.new_context(**options)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.new_page()
        if not is_new:
            self.kinds[context] = kind
        return context

    def put_back(self, *contexts: BrowserContext) -> None:
        """Fails when a script has failed in one of them."""
        for context in contexts:
            if context in self.kinds:
                wipe(context)
                self.free[self.kinds[context]].append(context)
            else:
                context.close()
        errors, self.errors = self.errors, []
        assert errors == []


def wipe(context: BrowserContext) -> None:
    first, *others = context.pages
    for other in others:
        other.close()
    for routed in (first, context):
        routed.unroute_all()
    context.set_offline(offline=False)
    context.clear_cookies()
    if first.url != NOWHERE:
        forget(first)
    first.mouse.move(0, 0)


def forget(page: Page) -> None:
    """Leave the site and all that it keeps there, without its scripts getting another word in."""
    line = page.context.new_cdp_session(page)
    origin = page.evaluate("origin")
    page.goto(f"{origin}/healthz")
    page.evaluate("sessionStorage.clear()")
    line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    line.detach()
    page.goto(NOWHERE)


def tab(context: BrowserContext) -> Page:
    """The tab that waits to be used, or one more."""
    first = context.pages[0]
    return first if first.url == NOWHERE else context.new_page()
