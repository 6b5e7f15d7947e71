"""Telling every web process that a topic has moved on. Only a hint: whoever hears nothing looks once a second."""

from __future__ import annotations

import time
from functools import cache

import redis
from django.conf import settings

PREFIX = "mdd:live:"
EVERYBODY = f"{PREFIX}recheck"
PATIENCE = 0.25  # seconds that a write waits for a broker that is slow
REST = 1.0  # seconds in which nobody waits for it again

_rests_until = 0.0


def channel(topic: int) -> str:
    return f"{PREFIX}{topic}"


def publish(topic: int, serial: int) -> None:
    """Say that the topic is at `serial` now. A broker that is away is somebody else's alarm."""
    _tell(channel(topic), str(serial))


def recheck() -> None:
    """Ask every process to look at once whether those who listen still may."""
    _tell(EVERYBODY, "")


def _tell(name: str, message: str) -> None:
    global _rests_until  # noqa: PLW0603 (one broker a process, and so one memory of its absence)
    if time.monotonic() < _rests_until:
        return
    try:
        _broker().publish(name, message)
    except redis.RedisError:
        _rests_until = time.monotonic() + REST


@cache
def _broker() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
