"""Whoever takes nothing of what a stream begins with is waited for no longer than whoever stands with the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest
from pytest_django import Settings

from mdd.live import sockets
from mdd.live.channel import Channel
from mdd.live.endpoint import Endpoint
from mdd.live.feeds import Admission
from mdd.live.frames import Frame
from mdd.live.hub import Hub
from mdd.live.sockets import Message
from mdd.live.steps import Cursor
from mdd.views.live import Followed

PK = 1
ADA = Admission("user:7", "lead", "")


class Quick(Hub):
    """A hub of one topic, which has moved on since the reader's page came."""

    def __init__(self) -> None:
        super().__init__()
        self.channels[PK] = Channel(PK, Cursor(uuid4(), 2), self.run)
        self.channels[PK].followers = 1
        self._start(never())

    async def run(self, work: Callable[[], Any]) -> Any:
        return work()


def opening() -> Endpoint:
    """Lets Ada in, who misses the first of two steps; has to be made where the loop runs."""
    endpoint = Endpoint(Mock(), Mock())
    endpoint.hub = hub = Quick()
    endpoint._ask = Mock(return_value=Followed(ADA, hub.channels[PK].at.epoch, Frame(0, 1)))  # type: ignore[method-assign]
    return endpoint


async def never(*_: object) -> Any:
    return await asyncio.Future()


@pytest.mark.parametrize("full", [b"http.response.start", b"hello", b"step"])
def test_the_line_of_who_takes_nothing_is_dropped_in_time(monkeypatch: pytest.MonkeyPatch, full: bytes) -> None:
    monkeypatch.setattr("mdd.live.endpoint.SLOW", 0.01)
    dropped = Mock()
    monkeypatch.setattr(sockets, "abort", dropped)

    async def send(message: Message) -> None:
        if full in (message["type"].encode(), *message.get("body", b"").split()):
            await never()

    async def come_in() -> tuple[int, int]:
        endpoint = opening()
        await asyncio.wait_for(endpoint._open(PK, {}, never, send), 5)
        return len(endpoint.hub), len(list(endpoint.hub.channels[PK]))

    assert asyncio.run(come_in()) == (0, 0)
    dropped.assert_called_once_with(send)


def test_who_is_still_being_told_what_was_missed_has_a_place_already(settings: Settings) -> None:
    settings.LIVE_STREAMS_EACH = 1
    second: list[Message] = []

    async def keep(message: Message) -> None:
        second.append(message)

    async def come_in_twice() -> None:
        endpoint = opening()
        first = asyncio.create_task(endpoint._open(PK, {}, never, never))
        await asyncio.sleep(0.1)
        await asyncio.wait_for(endpoint._open(PK, {}, never, keep), 5)
        first.cancel()

    asyncio.run(come_in_twice())

    assert second[0]["status"] == 503
