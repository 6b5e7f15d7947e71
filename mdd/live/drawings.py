"""What a whole audience sees of a topic, drawn once at one serial and held by each process."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID
from zlib import crc32

from django.db import connection, transaction

from mdd.models import Topic

from .feeds import Feed, Groups

ROOT = re.compile(r"\s*<([a-z][a-z0-9-]*)")
WORD = 2**32
KEPT = 8192  # parts that are stamped once: most of what is drawn again is as it was


@dataclass(frozen=True)
class Drawing:
    """The groups that are held. `serial` is exact: they show what was true then, and nothing later."""

    epoch: UUID
    serial: int
    groups: Groups = field(default_factory=dict)

    def moved_to(self, serial: int, fresh: Groups) -> Drawing:
        return Drawing(self.epoch, serial, {**self.groups, **fresh})

    @property
    def digest(self) -> int:
        """Adds up the version of every part: a page whose parts add up to something else has drifted."""
        return sum(version(html) for group in self.groups.values() for html in group.values()) % WORD


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside was true at the same moment, and is the same moment as its serial."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def draw(
    feed: Feed, topic: Topic, audiences: Collection[str], names: Collection[str] | None = None
) -> Mapping[str, Groups]:
    return {audience: stamp(groups) for audience, groups in feed.draw(topic, audiences, names).items()}


def stamp(drawn: Groups) -> Groups:
    """Let every part carry its version: `data-v`."""
    return {name: {part: stamped(part, html) for part, html in group.items()} for name, group in drawn.items()}


@lru_cache(maxsize=KEPT)
def stamped(part: str, html: str) -> str:
    return ROOT.sub(rf'<\1 data-v="{crc32(f"{part} {html}".encode()):08x}"', html, count=1)


def version(html: str) -> int:
    """The version that a stamped part carries."""
    start = html.index(' data-v="') + len(' data-v="')
    return int(html[start : start + 8], 16)


def is_list(name: str, group: Mapping[str, str]) -> bool:
    return set(group) != {name}
