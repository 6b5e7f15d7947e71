"""A topic that nobody logs: whatever changes, comes, goes and stalls meanwhile, every page ends up as a fresh one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from mdd.live import drawings, feeds, looks
from mdd.live.drawings import Drawing
from mdd.live.feeds import Admission, Groups, Marks
from mdd.live.listeners import Listener
from mdd.live.watched import WatchedChannel
from mdd.models import Topic
from tests.live.page import Page, same
from tests.live.test_engine import RUNS, STEPS, Socket
from tests.live.trial import AUDIENCES, TrialFeed

pytestmark = pytest.mark.scaled

NAMES = ("a", "b", "c")


class Shelf(TrialFeed):
    """Things in a row, each with a word; their number is told beside them. One thing is for leads."""

    things: ClassVar[dict[str, str]] = {}

    def drawn(self, topic: Topic, audience: str, names: Collection[str] | None) -> Groups:
        row = {name: f'<li id="{name}">{word} for {audience}</li>' for name, word in self.things.items()}
        drawn = {name: html for name, html in row.items() if names is None or name in names}
        count = (
            {"count": {"count": f'<p id="count">{len(self.things)}</p>'}} if names is None or "count" in names else {}
        )
        return {"row": drawn} | count

    def marks(self, topics: Collection[Topic]) -> Mapping[int, Marks]:
        now: Marks = {"row": dict(self.things), "count": {"count": tuple(self.things)}}
        return {topic.pk: now for topic in topics}


class Visitor(Page):
    """A page that compares digests, and says what it shows."""

    @property
    def shown(self) -> list[int]:
        return [drawings.version(html) for html in looks.parts_of(self.groups).values()]

    def apply(self, parts: dict[str, str], lists: dict[str, list[str]]) -> None:
        """What a list names and the page has not is left out: it was in a step that found no room."""
        known = looks.parts_of(self.groups) | parts
        super().apply(parts, {name: [part for part in ids if part in known] for name, ids in lists.items()})

    def hear(self, chunk: bytes) -> None:
        super().hear(chunk)
        if chunk.startswith(b"event: beat"):
            digest = json.loads(chunk.decode().split("\ndata: ", 1)[1])["digest"]
            self.is_stale = self.is_stale or digest != sum(self.shown) % drawings.WORD


class Looking(RuleBasedStateMachine):
    topic: Topic
    thread: ThreadPoolExecutor

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        Shelf.things = {}
        self.open: list[tuple[Socket, Listener]] = []
        self.away: list[tuple[str, Page]] = []
        self.channel = WatchedChannel(self.topic, self.run)
        self.channel._rests_until = 0.0
        self.do(self.channel.advance())
        for audience in AUDIENCES:
            self.do(self.opens(audience))

    async def run(self, work: Any) -> Any:
        return await self.loop.run_in_executor(self.thread, work)

    def do(self, *work: Any) -> None:
        async def together() -> None:
            await asyncio.gather(*work)

        self.loop.run_until_complete(together())

    @rule(
        name=st.sampled_from(NAMES), word=st.sampled_from(("", "x", "y")), how=st.sampled_from(("put", "last", "out"))
    )
    def somebody_changes(self, name: str, word: str, how: str) -> None:
        things = {each: other for each, other in Shelf.things.items() if how == "put" or each != name}
        Shelf.things = things if how == "out" else things | {name: word}

    @rule(what=st.sampled_from(("look", "beat", "whole", "fetch")))
    def time_passes(self, what: str) -> None:
        if what == "fetch":
            self.fetch()
        elif what == "look":
            self.do(self.channel.advance())
        else:
            self.channel._beats = 3 if what == "whole" else 0
            self.do(self.channel.beat())

    @rule(audience=st.sampled_from(AUDIENCES), comes=st.booleans(), at_once=st.booleans(), data=st.data())
    def a_page_comes_or_goes(self, audience: str, data: st.DataObject, *, comes: bool, at_once: bool) -> None:
        if not comes and self.open:
            socket, listener = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
            listener.leave()
            self.channel.remove(listener)
            self.away.append((listener.admission.audience, socket.page))
            return
        coming = self.connect(*self.away.pop()) if self.away else self.opens(audience)
        self.do(*([self.channel.advance()] if at_once else []), coming)

    @rule(data=st.data())
    def a_reader_stalls_or_goes_on(self, data: st.DataObject) -> None:
        if self.open:
            socket, _ = data.draw(st.sampled_from(self.open))
            socket.has_room.clear() if socket.has_room.is_set() else socket.has_room.set()
            self.do(asyncio.sleep(0))

    async def opens(self, audience: str) -> None:
        await self.connect(audience, Visitor(lambda: self.fresh(audience)))

    async def connect(self, audience: str, page: Page) -> None:
        """As the endpoint does."""
        assert isinstance(page, Visitor)
        await self.channel.prepare(audience)
        socket = Socket(page)
        listener = Listener(Admission("user:0", audience, ""), socket.send)
        self.channel.add(listener, page.shown)
        assert page.is_stale or same(page, self.channel.held[audience].groups)
        self.open.append((socket, listener))

    def fetch(self) -> None:
        for socket, _ in self.open:
            socket.page.settle()

    def fresh(self, audience: str) -> Drawing:
        return self.thread.submit(looks.whole, self.topic, [audience]).result().drawings[audience]

    def teardown(self) -> None:
        for socket, _ in self.open:
            socket.has_room.set()
        self.do(asyncio.sleep(0.01))
        self.do(*(self.connect(*away) for away in self.away))
        self.do(self.channel.advance())
        self.channel._beats = 0
        self.do(self.channel.beat())
        self.do(asyncio.sleep(0.01))
        self.fetch()
        self.loop.close()
        for socket, listener in self.open:
            assert same(socket.page, self.fresh(listener.admission.audience).groups)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()


@pytest.fixture
def topic(transactional_db: None) -> Topic:
    feeds.register("shelf", Shelf())
    return Topic.objects.create(key=f"shelf:{uuid4()}")


def test_every_page_ends_as_a_fresh_one(
    topic: Topic, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mdd.live.watched.REST", 0)
    Looking.topic, Looking.thread = topic, thread
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    run_state_machine_as_test(
        Looking,
        settings=settings(max_examples=RUNS, stateful_step_count=STEPS, suppress_health_check=checks),
    )
