"""Telling every web process that a topic has moved on. Only a hint: whoever hears nothing looks once a second."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from functools import cached_property

import redis
from django.conf import settings

PREFIX = "mdd:live:"
EVERYBODY = f"{PREFIX}recheck"
PATIENCE = 0.25  # seconds that a write waits for a broker that is slow
REST = 1.0  # seconds in which nobody waits for it again


def channel(topic: int) -> str:
    return f"{PREFIX}{topic}"


def publish(topic: int, serial: int) -> None:
    """Say that the topic is at `serial` now. A broker that is away is somebody else's alarm."""
    _broker.tell(channel(topic), str(serial))


def hint(topics: Iterable[int]) -> None:
    """Say that what these topics show may have changed, where no event tells of it."""
    for topic in topics:
        _broker.tell(channel(topic), "")


def whisper(topic: int, told: Mapping[str, object]) -> None:
    """Tell those who listen now something that is true for a moment only: it is kept nowhere, and may be lost."""
    _broker.tell(channel(topic), json.dumps(told))


def recheck() -> None:
    """Ask every process to look at once whether those who listen still may."""
    _broker.tell(EVERYBODY, "")


class Broker:
    """Tells, unless the broker was away a moment ago: nobody waits for it again so soon."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    @cached_property
    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)

    def tell(self, name: str, message: str) -> None:
        if time.monotonic() < self._rests_until:
            return
        try:
            self._client.publish(name, message)
        except redis.RedisError:
            self._rests_until = time.monotonic() + REST


_broker = Broker()
