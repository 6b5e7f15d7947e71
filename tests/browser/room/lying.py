"""What lies where on a board, on somebody's page and in the database."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from workshops.models import Card

LATE = "Late crews"


def card(page: Page, text: str) -> Locator:
    return page.locator(".board .note", has_text=text)


def bucket(page: Page, title: str) -> Locator:
    return page.locator(".bucket[id]", has=page.get_by_role("heading", name=title))


def place(text: str) -> str:
    """The title of the bucket in which a card lies, or nothing."""
    row = Card.objects.select_related("bucket").get(text=text)
    return row.bucket.title if row.bucket else ""
