"""All topics that somebody follows through this process."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any, TypeVar

import redis.asyncio as redis
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, InterfaceError, close_old_connections

from . import feeds, looks, rights, wakeups
from .channel import Channel
from .listeners import Listener
from .steps import Cursor
from .watched import WatchedChannel

T = TypeVar("T")
log = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at the database: what is lost of wake-ups costs no more
RECHECK = 5  # looks between two checks of the rights of all who listen
BEAT = 15  # looks between two signs of life
THREADS = 2  # and so database connections, however many streams there are


class Hub:
    """One subscription a topic, one look at all topics a second, one thread pool: whatever the number of listeners."""

    def __init__(self) -> None:
        self.channels: dict[int, Channel] = {}
        self.people: Counter[str] = Counter()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self._tasks: set[asyncio.Task[None]] = set()
        self._subscription: redis.client.PubSub | None = None
        self._changes = 0
        self.revocations = 0  # looks at rights that somebody's change asked for

    def __len__(self) -> int:
        return self.people.total()

    async def run(self, work: Callable[[], T]) -> T:
        """Do what reads the database in a thread, whose connection is checked before and after."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(_with_connection, work))

    @asynccontextmanager
    async def following(self, pk: int) -> AsyncIterator[Channel]:
        """The channel of a topic, which hears of each change from now on, and is let go with its last follower."""
        if not self._tasks:
            self._start(self._listen(), self._watch())
        while (channel := self.channels.get(pk)) is None:
            await self._open(pk)
        channel.followers += 1
        try:
            yield channel
        finally:
            channel.followers -= 1
            if not channel.followers:
                del self.channels[pk]
                await self._tell_broker("unsubscribe", pk)

    async def _open(self, pk: int) -> None:
        channel = await self._made(pk)
        if pk not in self.channels:
            self.channels[pk] = channel
            await self._tell_broker("subscribe", pk)
            await channel.advance()

    async def _made(self, pk: int) -> Channel:
        topic = await self.run(partial(rights.topic, pk))
        if feeds.watched(topic):
            return WatchedChannel(topic, self.run)
        return Channel(pk, Cursor.of(topic), self.run)

    @contextmanager
    def place(self, key: str) -> Iterator[None]:
        """One of the places that all streams share, and of those that somebody has."""
        self.people[key] += 1
        try:
            yield
        finally:
            self.people[key] -= 1
            if not self.people[key]:
                del self.people[key]

    def _start(self, *work: Any) -> None:
        for each in work:
            task = asyncio.create_task(each)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell_broker(self, what: str, pk: int) -> None:
        if self._subscription is None:
            return
        try:
            await getattr(self._subscription, what)(wakeups.channel(pk))
        except (redis.RedisError, OSError) as error:
            log.info("No wake-ups for now: %s", type(error).__name__)

    async def _listen(self) -> None:
        """Hear wake-ups for ever. While the broker is away, `_watch` sees the same a second later."""
        while True:
            try:
                async with redis.Redis.from_url(settings.REDIS_URL) as broker, broker.pubsub() as subscription:
                    await subscription.subscribe(wakeups.everybody())
                    self._subscription = subscription
                    # Whoever comes from here on subscribes itself.
                    for pk in list(self.channels):
                        await self._tell_broker("subscribe", pk)
                    async for message in subscription.listen():
                        self._hear(message)
            except (redis.RedisError, OSError):
                self._subscription = None
                await asyncio.sleep(LOOK)

    def _hear(self, message: dict[str, Any]) -> None:
        name = message["channel"].decode()
        if name == wakeups.everybody():
            # Not only when it is said: also once it can be heard, as it may have been said just before.
            self._start(self._revoke())
        elif message["type"] == "message" and (channel := self.channels.get(int(name.removeprefix(wakeups.prefix())))):
            if message["data"].startswith(b"{"):
                channel.whisper(json.loads(message["data"]))
                return
            serial = int(message["data"]) if message["data"] else None
            self._start(self._safely(partial(self._advance, channel, serial)))

    async def _watch(self) -> None:
        """Look for what no wake-up told of, check rights, and give signs of life."""
        look = 0
        while True:
            await asyncio.sleep(LOOK)
            look += 1
            await self._safely(self._look)
            if look % RECHECK == 0:
                await self._recheck_all()
            if look % BEAT == 0:
                for channel in list(self.channels.values()):
                    await self._safely(partial(self._beat, channel))

    async def _safely(self, work: Callable[[], Any]) -> None:
        """What goes wrong with one topic is no other's loss. A database that is away now is back later, with it all."""
        try:
            await work()
        except (DatabaseError, InterfaceError, ObjectDoesNotExist) as error:
            log.warning("Live pages wait for the database: %s", type(error).__name__)
        except Exception:
            log.exception("A live topic could not be brought up to date")

    async def _look(self) -> None:
        """One question for changed rights, one for all topics that log, and a few for all that are watched."""
        if (changes := await self.run(rights.changes)) != self._changes:
            self._changes = changes
            await self._revoke()
        watched = [channel for channel in self.channels.values() if isinstance(channel, WatchedChannel)]
        logged = self.channels.keys() - {channel.pk for channel in watched}
        if logged:
            cursors = await self.run(partial(rights.cursors, logged))
            await self._catch_up(pk for pk, cursor in cursors.items() if self._stands_elsewhere(pk, cursor))
        if watched:
            marks = await self.run(partial(looks.marks, [channel.topic for channel in watched]))
            await self._catch_up(channel.pk for channel in watched if channel.is_behind(marks.get(channel.pk)))

    def _stands_elsewhere(self, pk: int, cursor: Cursor) -> bool:
        return pk in self.channels and self.channels[pk].at != cursor

    async def _catch_up(self, pks: Iterable[int]) -> None:
        for pk in list(pks):
            if channel := self.channels.get(pk):
                await self._safely(partial(self._advance, channel))

    async def _advance(self, channel: Channel, serial: int | None = None) -> None:
        if await channel.advance(serial):
            self.revocations += 1
            await self._recheck(channel, list(channel))

    async def _revoke(self) -> None:
        self.revocations += 1
        await self._recheck_all()

    async def _recheck_all(self) -> None:
        for channel in list(self.channels.values()):
            await self._safely(partial(self._recheck, channel, list(channel)))

    async def recheck(self, channel: Channel, listener: Listener) -> None:
        """Look at somebody's rights who was on the way in while others' were looked at."""
        await self._safely(partial(self._recheck, channel, [listener]))

    async def _recheck(self, channel: Channel, listeners: Collection[Listener]) -> None:
        ended = await self.run(partial(rights.ended, channel.pk, {each.admission for each in listeners}))
        for listener in listeners:
            if why := ended.get(listener.admission):
                listener.end(why)

    async def _beat(self, channel: Channel) -> None:
        keys = {listener.admission.key for listener in channel}
        await self.run(partial(rights.seen, channel.pk, keys))
        await channel.beat()


def _with_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
