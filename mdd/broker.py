"""What the broker must be like before a worker may lean on it, and how the log tells that it is away."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import redis

POLICY = "noeviction"
AWAY = (redis.ConnectionError, redis.TimeoutError)


class ForgetfulBrokerError(SystemExit):
    """The broker would throw messages away without a word when its memory is full."""


def refuse_forgetful(url: str) -> None:
    """Raise ForgetfulBrokerError where memory is evicted. A broker that is away, or tells nothing, may come later."""
    try:
        with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
            policy = client.info("memory").get("maxmemory_policy", POLICY)
    except redis.RedisError:
        return
    if policy != POLICY:
        raise ForgetfulBrokerError(
            f"REDIS_URL names a server that forgets when it is full (maxmemory-policy {policy}): "
            f"set it to {POLICY}, or give MDD a server of its own."
        )


class Brief(logging.Filter):
    """Says in a line that the broker is away. Celery adds where it noticed, sixty lines each time."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and any(isinstance(each, AWAY) for each in causes(record.exc_info[1])):
            record.msg, record.args, record.exc_info = record.getMessage().partition("\n")[0], (), None
        return True


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error, and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
