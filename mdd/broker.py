"""What the broker must be like before a worker may lean on it."""

from __future__ import annotations

import redis

POLICY = "noeviction"


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
