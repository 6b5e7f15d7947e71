"""Telling every web process that a topic has moved on. Only a hint: whoever hears nothing looks once a second."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import redis
from django.conf import settings
from django.db import connection

PATIENCE = 0.25  # seconds that a write waits for a broker that is slow
MOMENT = 10  # seconds that a whisper is true
REST = 1.0  # seconds in which nobody waits for it again


def channel(topic: int) -> str:
    return f"{prefix()}{topic}"


def everybody() -> str:
    return f"{prefix()}recheck"


def prefix() -> str:
    """Two instances may share a broker, and number their topics alike: each has the name of its own database."""
    return f"mdd:{connection.settings_dict['NAME']}:live:"


def publish(topic: int, serial: int) -> None:
    """Say that the topic is at `serial` now. A broker that is away is somebody else's alarm."""
    _broker.tell(channel(topic), str(serial))


def hint(topics: Iterable[int]) -> None:
    """Say that what these topics show may have changed, where no event tells of it."""
    for topic in topics:
        _broker.tell(channel(topic), "")


def whisper(topic: int, told: Mapping[str, object]) -> None:
    """Tell those who listen now, and for a moment those who ask, something that is true no longer than that.

    It is kept nowhere else, and may be lost.
    """
    _broker.whisper(channel(topic), json.dumps(told))


def whispered(topic: int) -> list[dict[str, object]]:
    """What was whispered within the last moment, the first first, each with the milliseconds that are `left` of it."""
    return _broker.whispered(channel(topic))


def recheck() -> None:
    """Ask every process to look at once whether those who listen still may."""
    _broker.tell(everybody(), "")


class Broker:
    """Tells, unless the broker was away a moment ago: nobody waits for it again so soon."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    @cached_property
    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)

    def tell(self, name: str, message: str) -> None:
        self._ask(lambda client: client.publish(name, message))

    def whisper(self, name: str, message: str) -> None:
        self.tell(name, message)
        self._ask(lambda client: remember(client, f"{name}:said", message))

    def whispered(self, name: str) -> list[dict[str, object]]:
        now = time.time()
        said = self._ask(lambda client: client.zrangebyscore(f"{name}:said", now, "+inf", withscores=True))
        return [json.loads(message) | {"left": int((until - now) * 1000)} for message, until in said or ()]

    def _ask(self, work: Callable[[redis.Redis], Any]) -> Any:
        if time.monotonic() < self._rests_until:
            return None
        try:
            return work(self._client)
        except redis.RedisError:
            self._rests_until = time.monotonic() + REST
            return None


def remember(client: redis.Redis, name: str, message: str) -> None:
    now = time.time()
    with client.pipeline(transaction=False) as pipe:
        pipe.zremrangebyscore(name, 0, now)
        pipe.zadd(name, {message: now + MOMENT})
        pipe.expire(name, MOMENT)
        pipe.execute()


_broker = Broker()
