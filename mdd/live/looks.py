"""Looking at topics that change without events: marks say cheaply what may differ, and only that is drawn again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from django.utils import timezone

from mdd.models import Topic

from . import drawings, feeds, frames
from .drawings import Drawing
from .feeds import Groups, Marks, WatchedFeed
from .frames import Frame


@dataclass(frozen=True)
class Look:
    """The marks of a topic, and what each audience saw at that same moment."""

    marks: Marks
    drawings: Mapping[str, Drawing]


def marks(topics: Collection[Topic]) -> dict[int, Marks]:
    """How each of these topics stands now."""
    of_feed: dict[WatchedFeed, list[Topic]] = {}
    for topic in topics:
        if feed := feeds.watched(topic):
            of_feed.setdefault(feed, []).append(topic)
    return {pk: found for feed, some in of_feed.items() for pk, found in feed.marks(some).items()}


def look(topic: Topic, held: Mapping[str, Drawing], before: Mapping[str, Marks]) -> Look:
    """Bring what is held up to now. `before` are the marks of the moment at which each was drawn.

    Marks of another moment would not do: what changed and changed back in between would be missed.
    """
    with drawings.one_moment():
        now = marks([topic])[topic.pk]
        changed = {part for audience in held for part in differing(before.get(audience, {}), now)}
        fresh = drawings.draw(feeds.of(topic), topic, held.keys(), changed) if changed else {}
        return Look(now, {audience: moved(each, now, fresh.get(audience, {})) for audience, each in held.items()})


def differing(before: Marks, now: Marks) -> list[str]:
    """The parts whose marks are new or other ones."""
    gone: Mapping[str, object] = {}
    return [
        part
        for name, parts in now.items()
        for part, mark in parts.items()
        if part not in before.get(name, gone) or before[name][part] != mark
    ]


def moved(held: Drawing, now: Marks, fresh: Groups) -> Drawing:
    known = parts_of(held.groups) | parts_of(fresh)
    groups = {name: {part: known[part] for part in parts} for name, parts in now.items()}
    return Drawing(held.epoch, held.serial, groups)


def whole(topic: Topic, audiences: Collection[str]) -> Look:
    """Everything that each of these audiences sees."""
    with drawings.one_moment():
        drawn = drawings.draw(feeds.of(topic), topic, audiences)
        seen = {audience: Drawing(topic.epoch, topic.serial, groups) for audience, groups in drawn.items()}
        return Look(marks([topic])[topic.pk], seen)


def missing(drawing: Drawing, shown: Collection[int]) -> Frame:
    """What a page lacks that shows parts of these versions, and what its lists hold."""
    told = frames.between(drawing.serial, drawing.serial, {}, drawing.groups)
    unseen = {part: html for part, html in told.parts.items() if drawings.version(html) not in shown}
    return replace(told, parts=unseen)


def asked(topic: Topic, audience: str, stamp: str, shown: Collection[int]) -> tuple[Frame, str]:
    """What a page lacks that asks every few seconds, and the stamp to ask with next time.

    While its stamp is that of now, nothing is drawn. Once a minute all is, for the sake of what time alone changes.
    """
    now = stamp_of(marks([topic])[topic.pk])
    if stamp == now:
        return Frame(topic.serial, topic.serial), now
    return missing(whole(topic, [audience]).drawings[audience], shown), now


def stamp_of(now: Marks) -> str:
    return f"{crc32(repr(now).encode()):08x}{timezone.now():%H%M}"


def parts_of(groups: Groups) -> dict[str, str]:
    return {part: html for group in groups.values() for part, html in group.items()}
