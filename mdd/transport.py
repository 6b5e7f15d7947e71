"""How messages travel: kombu's Redis transport, where a worker does not go deaf when the broker dies."""

from __future__ import annotations

from typing import Any

from billiard.util import register_after_fork
from kombu.transport import TRANSPORT_ALIASES, redis, virtual


class QoS(redis.QoS):
    """A message that is done with gives its place back, whether or not the broker could be told.

    Kombu's own gives it back once the broker has answered. A worker whose last places were lost so would listen no
    more, and not even find out that its connection is gone. What the broker was not told comes once more after the
    visibility timeout.
    """

    def ack(self, delivery_tag: str) -> None:
        virtual.QoS.ack(self, delivery_tag)
        super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        virtual.QoS.ack(self, delivery_tag)
        super().reject(delivery_tag, requeue)


class Channel(redis.Channel):
    QoS = QoS

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        register_after_fork(self, hang_up)


def hang_up(channel: Channel) -> None:
    """Close a child's copy of the socket, without which the parent's epoll would tell of it although it is closed."""
    if channel.client.connection is not None:
        channel.client.connection.disconnect()


class Transport(redis.Transport):
    Channel = Channel


def use() -> None:
    """Let every address of a Redis server mean this transport, in this process."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), f"{__name__}:Transport"))
