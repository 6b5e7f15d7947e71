"""What goes wrong with one topic is no other's loss, and a broker that is away is waited for once a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import redis
from redis.asyncio.client import PubSub

from mdd.live import rights, wakeups
from mdd.live.channel import Channel
from mdd.live.feeds import Admission
from mdd.live.hub import Hub
from mdd.live.listeners import Listener
from mdd.live.steps import Cursor

BROKEN, WHOLE = 1, 2
GUEST = Admission("guest:7", "guest", "")


class Quick(Hub):
    """A hub that reads nothing from a database."""

    async def run(self, work: Callable[[], Any]) -> Any:
        return work()


def ended(pk: int, admissions: set[Admission]) -> dict[Admission, str]:
    if pk == BROKEN:
        raise ValueError("a part that cannot be drawn")
    return dict.fromkeys(admissions, "gone")


async def send(message: dict[str, Any]) -> None:
    pass


def test_a_broken_topic_keeps_nobody_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "ended", ended)

    async def recheck() -> str:
        hub = Quick()
        for pk in (BROKEN, WHOLE):
            hub.channels[pk] = Channel(pk, Cursor(uuid4(), 0), hub.run)
        listener = Listener(GUEST, send)
        hub.channels[WHOLE].add(listener)
        await hub._recheck_all()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            return listener.ended
        return ""

    assert asyncio.run(recheck()) == "gone"


def test_who_comes_while_the_broker_is_being_asked_is_told_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "ended", ended)

    async def come_meanwhile() -> list[object]:
        hub = Quick()
        told: list[object] = []
        channel = Channel(WHOLE, Cursor(uuid4(), 0), hub.run)
        monkeypatch.setattr(channel, "whisper", told.append)
        subscribe = PubSub.subscribe

        async def slow(self: PubSub, *names: str) -> None:
            await subscribe(self, *names)
            if not hub.channels:
                hub.channels[WHOLE] = channel
                await hub._tell_broker("subscribe", WHOLE)

        monkeypatch.setattr(PubSub, "subscribe", slow)
        hearing = asyncio.create_task(hub._listen())
        for _ in range(30):
            await asyncio.sleep(0.05)
            wakeups.whisper(WHOLE, {"says": "hello"})
            if told:
                break
        hearing.cancel()
        return told

    assert asyncio.run(come_meanwhile()) == [{"says": "hello"}]


def test_who_is_out_before_the_hub_can_hear_of_it_goes_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "ended", ended)

    async def come_too_early() -> str:
        hub = Quick()
        hub.channels[WHOLE] = Channel(WHOLE, Cursor(uuid4(), 0), hub.run)
        listener = Listener(GUEST, send)
        hub.channels[WHOLE].add(listener)
        hearing = asyncio.create_task(hub._listen())
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            return listener.ended
        finally:
            hearing.cancel()
        return ""

    assert asyncio.run(come_too_early()) == "gone"


def test_whoever_leaves_is_counted_no_more() -> None:
    hub = Quick()

    with hub.place(GUEST.key), hub.place(GUEST.key):
        held = len(hub)

    assert (held, len(hub.people)) == (2, 0)


def test_a_broker_that_is_away_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Away:
        def publish(self, name: str, message: str) -> None:
            asked.append(name)
            raise redis.ConnectionError

    broker = wakeups.Broker()
    monkeypatch.setattr(broker, "_client", Away())

    broker.tell("mdd:live:1", "1")
    broker.tell("mdd:live:1", "2")

    assert asked == ["mdd:live:1"]
