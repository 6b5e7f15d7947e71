"""What a person does on a page, counted."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


def wait_for_none(page: Page, selector: str) -> None:
    """Looked at with each frame: `expect` looks again after 0.1 s, 0.25 s, 0.5 s and then each second."""
    page.wait_for_function("selector => document.querySelector(selector) === null", arg=selector)


@dataclass
class Hand:
    """Somebody's hand on a page. `inputs` counts what they typed, chose, ticked or pressed."""

    page: Page
    inputs: int = 0

    def place(self, within: Locator | None) -> Page | Locator:
        """Where to act: nobody presses what is about to be renewed."""
        self.inputs += 1
        self.wait()
        return within or self.page

    def wait(self) -> None:
        """Until what was asked for has arrived."""
        wait_for_none(self.page, ".htmx-request, .htmx-swapping, .htmx-settling, body[data-sending]")

    def press(self, name: str, *, within: Locator | None = None) -> None:
        self.place(within).get_by_role("button", name=name, exact=True).first.click()
        self.wait()

    def follow(self, name: str) -> None:
        link = self.place(None).get_by_role("link", name=name).first
        with self.page.expect_navigation():
            link.click()

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.place(within).get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        self.place(within).get_by_label(label).first.select_option(label=option)

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        self.place(within).get_by_label(label).first.check()

    def unfold(self, name: str, *, within: Locator | None = None) -> None:
        self.place(within).locator("summary", has_text=name).first.click()
