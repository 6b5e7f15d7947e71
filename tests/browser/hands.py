"""What a person does on a page, counted."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Hand:
    """Somebody's hand on a page. `inputs` counts what they typed, chose, ticked or pressed."""

    page: Page
    inputs: int = 0

    def press(self, name: str, *, within: Locator | None = None) -> None:
        self.inputs += 1
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.inputs += 1
        self.page.get_by_role("link", name=name).first.click()

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.inputs += 1
        (within or self.page).get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        self.inputs += 1
        (within or self.page).get_by_label(label).first.select_option(label=option)

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        self.inputs += 1
        (within or self.page).get_by_label(label).first.check()

    def unfold(self, name: str, *, within: Locator | None = None) -> None:
        self.inputs += 1
        (within or self.page).locator("summary", has_text=name).first.click()
