"""Who may listen no more is found out although nobody said so, and although they were just coming in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any
from unittest.mock import AsyncMock, Mock
from uuid import uuid4

import pytest

from mdd.actions import people
from mdd.live import rights, sockets
from mdd.live.channel import Channel
from mdd.live.endpoint import Endpoint
from mdd.live.feeds import Admission
from mdd.live.frames import Frame
from mdd.live.hub import Hub
from mdd.live.listeners import Listener
from mdd.live.sockets import Message
from mdd.live.steps import Cursor
from mdd.models import Role
from mdd.views.live import Followed
from tests import builders

PK = 1
GUEST = Admission("guest:7", "guest", "")


class Quick(Hub):
    """A hub of one topic that reads nothing from a database, and where nobody may listen."""

    def __init__(self) -> None:
        super().__init__()
        self.channels[PK] = Channel(PK, Cursor(uuid4(), 0), self.run)
        self.channels[PK].followers = 1
        self._start(asyncio.sleep(0))

    async def run(self, work: Callable[[], Any]) -> Any:
        return work()


def all_gone(pk: int, admissions: Collection[Admission]) -> dict[Admission, str]:
    return dict.fromkeys(admissions, "gone")


@pytest.fixture(autouse=True)
def nobody_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "ended", all_gone)
    monkeypatch.setattr(rights, "cursors", Mock(return_value={}))
    monkeypatch.setattr(Channel, "prepare", AsyncMock())


@pytest.mark.parametrize(("changes", "why"), [(1, "gone"), (0, "")])
def test_a_change_that_no_hint_told_of_is_seen_at_the_next_look(
    monkeypatch: pytest.MonkeyPatch, changes: int, why: str
) -> None:
    monkeypatch.setattr(rights, "changes", lambda: changes)

    async def look() -> str:
        hub = Quick()
        listener = Listener(GUEST, Mock())
        hub.channels[PK].add(listener)
        try:
            await hub._look()
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            pass
        return listener.ended

    assert asyncio.run(look()) == why


@pytest.mark.parametrize(("looked", "why"), [(1, b'"why":"gone"'), (0, b"hello")])
def test_whoever_comes_in_while_rights_are_looked_at_is_looked_at_too(
    monkeypatch: pytest.MonkeyPatch, looked: int, why: bytes
) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def come_in() -> None:
        endpoint = Endpoint(Mock(), Mock())
        endpoint.hub = hub = Quick()

        def let_in(scope: dict[str, Any]) -> Followed:
            hub.revocations += looked
            return Followed(GUEST, hub.channels[PK].at.epoch, Frame(0, 0))

        monkeypatch.setattr(endpoint, "_ask", let_in)
        await endpoint._open(PK, {}, receive, send)

    asyncio.run(come_in())

    assert why in sent[-1]["body"]


def test_a_reader_who_takes_not_even_the_last_word_keeps_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mdd.live.endpoint.PARTING", 0.01)
    dropped = Mock()
    monkeypatch.setattr(sockets, "abort", dropped)

    async def send(message: Message) -> None:
        if b"over" in message.get("body", b""):
            await asyncio.Event().wait()

    async def come_in() -> int:
        endpoint = Endpoint(Mock(), Mock())
        endpoint.hub = hub = Quick()
        hub.revocations = -1
        monkeypatch.setattr(endpoint, "_ask", lambda _scope: followed(hub))
        await asyncio.wait_for(endpoint._open(PK, {}, AsyncMock(side_effect=asyncio.Event().wait), send), 5)
        return len(hub)

    def followed(hub: Hub) -> Followed:
        hub.revocations += 1
        return Followed(GUEST, hub.channels[PK].at.epoch, Frame(0, 0))

    assert asyncio.run(come_in()) == 0
    dropped.assert_called_once_with(send)


@pytest.mark.django_db
def test_each_change_of_a_role_counts() -> None:
    squad = builders.make_squad()
    lead = builders.make_member(squad, Role.ADMIN)
    member = builders.make_member(squad, Role.MEMBER)
    before = rights.changes()

    people.change_role(member.memberships.get(), role=Role.VIEWER, by=lead)
    people.part(member.memberships.get(), by=lead)

    assert rights.changes() == before + 2
