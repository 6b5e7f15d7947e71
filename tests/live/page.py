"""What a page does with what it is sent, as static/js/live-topic.js does it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mdd.live.drawings import Drawing, is_list
from mdd.live.feeds import Groups

Fetch = Callable[[], Drawing]


class Page:
    """Parts by their place, the cursor, and how often the page had to be fetched whole."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.fetched = -1
        self.is_stale = True
        self.settle()

    def settle(self) -> None:
        """Fetch the page, where something has said that it is stale."""
        if not self.is_stale:
            return
        drawing = self._fetch()
        self.is_stale = False
        self.groups = {name: dict(group) for name, group in drawing.groups.items()}
        self.epoch, self.serial = drawing.epoch, drawing.serial
        self.fetched += 1

    def take(self, step: dict[str, Any]) -> None:
        since, to = step["since"], step["to"]
        if step.get("snapshot"):
            self.is_stale = True
            return
        if to < self.serial or (to == self.serial and since != to):
            return
        if step.get("stale") or since > self.serial or since < self.serial < to:
            self.is_stale = True
            return
        self.apply(step.get("parts", {}), step.get("lists", {}))
        self.serial = to

    def apply(self, parts: dict[str, str], lists: dict[str, list[str]]) -> None:
        known = {part: html for group in self.groups.values() for part, html in group.items()} | parts
        for name, ids in lists.items():
            self.groups[name] = {part: known[part] for part in ids}
        for name, group in self.groups.items():
            self.groups[name] = {part: known[part] for part in group}

    def hear(self, chunk: bytes) -> None:
        name, data = chunk.decode().removeprefix("event: ").removesuffix("\n\n").split("\ndata: ", 1)
        if name == "step":
            self.take(json.loads(data))


def same(page: Page, groups: Groups) -> bool:
    """Whether the page holds what a fresh one would, in the same order."""
    return {name: list(group.items()) for name, group in page.groups.items() if group or not is_list(name, group)} == {
        name: list(group.items()) for name, group in groups.items() if group or not is_list(name, group)
    }
