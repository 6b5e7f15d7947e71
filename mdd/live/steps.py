"""What happened in a topic since a serial, read once and drawn once for each audience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from mdd.models import Event, Topic

from . import drawings, feeds, frames
from .drawings import Drawing
from .feeds import Groups
from .frames import Frame


@dataclass(frozen=True)
class Cursor:
    """Where a page is. A serial counts only within its epoch."""

    epoch: UUID
    serial: int

    @classmethod
    def of(cls, topic: Topic) -> Cursor:
        return cls(topic.epoch, topic.serial)

    @classmethod
    def read(cls, said: str) -> Cursor | None:
        """As a page says where it is, "epoch.serial"; None where it says nothing that could be one."""
        epoch, _, serial = said.partition(".")
        try:
            return cls(UUID(epoch), int(serial))
        except ValueError:
            return None


@dataclass(frozen=True)
class Step:
    """A frame and a drawing for each audience; `people` whose own things changed; `revokes` where rights did."""

    to: Cursor
    frames: Mapping[str, Frame]
    drawings: Mapping[str, Drawing]
    people: frozenset[str] = frozenset()
    revokes: bool = False


def step(pk: int, held: Mapping[str, Drawing], since: Cursor) -> Step:
    """Bring what is held of topic `pk` up to now."""
    with drawings.one_moment():
        topic, events = _tail(pk, since)
        to = Cursor.of(topic)
        if events is None:
            return Step(to, {name: frames.snapshot(to.serial) for name in held}, _none_of(held, to))
        feed = feeds.of(topic)
        touched = _touched(feed, topic, events)
        fresh = drawings.draw(feed, topic, held.keys(), touched) if touched else {}
        moved = {name: _moved(topic, drawing, touched, fresh.get(name, {}), since) for name, drawing in held.items()}
    people = frozenset(name for event in events for name in (event.by, event.audience) if name)
    return Step(
        to,
        {name: frame for name, (frame, _) in moved.items()},
        {name: drawing for name, (_, drawing) in moved.items()},
        people,
        any(feed.revokes(event.kind) for event in events),
    )


def catch_up(topic: Topic, audience: str, since: Cursor | None) -> Frame:
    """What one page misses: the touched groups whole, for nobody knows what it holds of them."""
    events = _since(topic, since, _rows(topic.pk, since)) if since else None
    if since is None or events is None:
        return frames.snapshot(topic.serial)
    feed = feeds.of(topic)
    touched = _touched(feed, topic, events)
    if touched is None:
        return Frame(since.serial, topic.serial, is_stale=True)
    fresh = drawings.draw(feed, topic, [audience], touched)[audience] if touched else {}
    return frames.between(since.serial, topic.serial, {}, fresh)


def are_parts(topic: Topic, since: Cursor) -> bool:
    """Whether nothing has changed since but parts: whoever follows has heard of it, or is about to."""
    events = _since(topic, since, _rows(topic.pk, since))
    return events is not None and _touched(feeds.of(topic), topic, events) is not None


def _none_of(held: Iterable[str], to: Cursor) -> dict[str, Drawing]:
    return {name: Drawing(to.epoch, to.serial) for name in held}


def _tail(pk: int, since: Cursor) -> tuple[Topic, list[Event] | None]:
    """A topic as it is now and what happened, in one question: it is asked once for each thing that happens."""
    events = list(_rows(pk, since).select_related("topic"))
    topic = events[0].topic if events else Topic.objects.get(pk=pk)
    return topic, _since(topic, since, events)


def _rows(pk: int, since: Cursor) -> QuerySet[Event]:
    rows = Event.objects.filter(topic=pk, serial__gt=since.serial)
    return rows.only("kind", "by", "audience", "topic__key", "topic__epoch", "topic__serial")


def _since(topic: Topic, since: Cursor, events: Iterable[Event]) -> list[Event] | None:
    """All that happened after `since`, or None where that is not known: another epoch, the future, or long ago."""
    if since.epoch != topic.epoch:
        return None
    events = list(events)
    return events if len(events) == topic.serial - since.serial else None


def _touched(feed: feeds.Feed, topic: Topic, events: Iterable[Event]) -> frozenset[str] | None:
    """The groups that these events can have changed, or None: everything. What is for one person changes none."""
    touched: set[str] = set()
    for event in events:
        names = () if event.audience else feed.touches(topic, event.kind)
        if names is None:
            return None
        touched.update(names)
    return frozenset(touched)


def _moved(
    topic: Topic, held: Drawing, touched: frozenset[str] | None, fresh: Groups, since: Cursor
) -> tuple[Frame, Drawing]:
    if touched is None:
        return Frame(since.serial, topic.serial, is_stale=True), Drawing(topic.epoch, topic.serial)
    return frames.between(since.serial, topic.serial, held.groups, fresh), held.moved_to(topic.serial, fresh)


def whole(pk: int, audiences: Collection[str]) -> dict[str, Drawing]:
    """Everything that each audience sees of topic `pk` now."""
    with drawings.one_moment():
        topic = Topic.objects.get(pk=pk)
        drawn = drawings.draw(feeds.of(topic), topic, audiences)
        return {audience: Drawing(topic.epoch, topic.serial, groups) for audience, groups in drawn.items()}


def tail(pk: int, audience: str, since: Cursor | None) -> Frame:
    """What one page misses of topic `pk`."""
    with drawings.one_moment():
        return catch_up(Topic.objects.get(pk=pk), audience, since)
