"""What travels: one frame for each step of a topic, as an event of a stream or as JSON for those who poll."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .drawings import is_list
from .feeds import Groups


@dataclass(frozen=True)
class Frame:
    """From serial `since` to serial `to`. A frame without parts is for those who see nothing of what happened.

    `parts` are HTML by id, `lists` the ids that a group holds now, in their order. `is_stale`: a page that is not at
    `to` yet is to be fetched again. `is_snapshot`: it is to be fetched wherever it is, for steps were left out.
    """

    since: int
    to: int
    parts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_stale: bool = False
    is_snapshot: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.lists or self.is_stale or self.is_snapshot)

    def told(self, *, is_mine: bool = False) -> dict[str, Any]:
        """As JSON; `mine` tells the listener that their own things have changed too, perhaps in another tab."""
        told = {"since": self.since, "to": self.to, "parts": self.parts, "lists": self.lists}
        flags = {"stale": self.is_stale, "snapshot": self.is_snapshot, "mine": is_mine}
        return {name: value for name, value in {**told, **flags}.items() if value or name in {"since", "to"}}


def between(since: int, to: int, before: Groups, after: Groups) -> Frame:
    """What changes groups `before` into `after`. A group that was not held is told whole."""
    parts: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for name, group in after.items():
        held = before.get(name, {})
        parts |= {part: html for part, html in group.items() if held.get(part) != html}
        if is_list(name, group) and (name not in before or list(held) != list(group)):
            lists[name] = list(group)
    return Frame(since, to, parts, lists)


def snapshot(serial: int) -> Frame:
    return Frame(serial, serial, is_snapshot=True)


def event(name: str, told: Mapping[str, Any]) -> bytes:
    """One event of a stream. JSON has no line breaks, so the data is one line."""
    return f"event: {name}\ndata: {json.dumps(told, separators=(',', ':'), ensure_ascii=False)}\n\n".encode()
