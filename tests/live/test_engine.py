"""Whatever happens to listeners, wake-ups and operations: every page ends up as a fresh one, and no event is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mdd.live import steps
from mdd.live.channel import Channel
from mdd.live.feeds import Admission
from mdd.live.listeners import Listener
from mdd.live.steps import Cursor
from mdd.models import Topic, User
from tests import builders
from tests.live import trial
from tests.live.page import Page, same
from tests.profile import IS_WHOLE

pytestmark = [pytest.mark.xdist_group("engine"), pytest.mark.scaled]

cells = st.sampled_from((*trial.CELLS, trial.SECRET))
RUNS = 300 if IS_WHOLE else 10
STEPS = 50


class Socket:
    """A connection of a page. While it is full nothing fits in, and what is sent waits."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.has_room = asyncio.Event()
        self.has_room.set()

    async def send(self, message: dict[str, Any]) -> None:
        if not self.has_room.is_set():
            await self.has_room.wait()
        self.page.hear(message["body"])


class Engine(RuleBasedStateMachine):
    """One topic, one process. Pages come, go, stall and come back with the cursor that they have."""

    author: User
    thread: ThreadPoolExecutor

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.topic = trial.make_topic()
        self.sent: list[UUID] = []
        self.open: list[tuple[Socket, Listener]] = []
        self.away: list[tuple[str, Page]] = []
        self.channel = Channel(self.topic.pk, Cursor.of(self.topic), self.run)
        for audience in (*trial.AUDIENCES, "lead"):
            self.opens(audience)

    async def run(self, work: Callable[[], Any]) -> Any:
        return await self.loop.run_in_executor(self.thread, work)

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def read(self, work: Any) -> Any:
        return self.do(self.run(work))

    @rule(cell=cells, word=st.sampled_from(("", "x", "y")), turns=st.integers(0, 9), is_told=st.booleans())
    def somebody_says(self, cell: str, word: str, turns: int, *, is_told: bool) -> None:
        self.sent.append(uuid4())
        trial.say(self.topic, cell, word, by=self.author, operation=self.sent[-1], turns=not turns)
        if is_told:
            self.do(self.channel.advance())

    @rule(data=st.data())
    def an_operation_is_sent_again(self, data: st.DataObject) -> None:
        if self.sent:
            trial.say(self.topic, "a", "again", by=self.author, operation=data.draw(st.sampled_from(self.sent)))

    @rule(what=st.sampled_from(("wake-up", "beat", "fetch")))
    def time_passes(self, what: str) -> None:
        if what == "wake-up":
            self.do(self.channel.advance())
        elif what == "beat":
            self.do(self.channel.beat())
        else:
            self.fetch()

    @rule(audience=st.sampled_from(trial.AUDIENCES), data=st.data(), comes=st.booleans())
    def a_page_comes_or_goes(self, audience: str, data: st.DataObject, *, comes: bool) -> None:
        if not comes and self.open:
            socket, listener = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
            listener.leave()
            self.channel.remove(listener)
            self.away.append((listener.admission.audience, socket.page))
        elif self.away:
            self.connect(*self.away.pop(data.draw(st.integers(0, len(self.away) - 1))))
        else:
            self.opens(audience)

    @rule(data=st.data())
    def a_reader_stalls_or_goes_on(self, data: st.DataObject) -> None:
        if self.open:
            socket, _ = data.draw(st.sampled_from(self.open))
            socket.has_room.clear() if socket.has_room.is_set() else socket.has_room.set()
            self.do(asyncio.sleep(0))

    def opens(self, audience: str) -> None:
        self.connect(audience, Page(lambda: self.fresh(audience)))

    def fetch(self) -> None:
        for socket, _ in self.open:
            socket.page.settle()

    def connect(self, audience: str, page: Page) -> None:
        """As the endpoint does: what is missed first, then with the others."""
        since = Cursor(page.epoch, page.serial)
        self.do(self.channel.prepare(audience))
        page.take(self.read(partial(steps.tail, self.topic.pk, audience, since)).told())
        self.open.append((socket := Socket(page), self.do(self.listen(audience, socket))))

    async def listen(self, audience: str, socket: Socket) -> Listener:
        listener = Listener(Admission("user:0", audience, ""), socket.send)
        self.channel.add(listener)
        return listener

    def fresh(self, audience: str) -> Any:
        return self.read(partial(steps.whole, self.topic.pk, [audience]))[audience]

    @invariant()
    def no_page_is_ahead_of_the_log(self) -> None:
        now = Topic.objects.get(pk=self.topic.pk).serial
        assert all(socket.page.serial <= now for socket, _ in self.open)

    def teardown(self) -> None:
        for socket, _ in self.open:
            socket.has_room.set()
        self.do(asyncio.sleep(0.01))
        for away in self.away:
            self.connect(*away)
        self.do(self.channel.advance())
        self.do(asyncio.sleep(0.01))
        self.fetch()
        self.check()
        self.loop.close()

    def check(self) -> None:
        log = list(self.topic.events.order_by("serial").values_list("serial", "operation"))
        assert [serial for serial, _ in log] == list(range(1, len(self.sent) + 1))
        assert [operation for _, operation in log] == self.sent
        for socket, listener in self.open:
            assert same(socket.page, self.fresh(listener.admission.audience).groups)


@pytest.fixture
def author(transactional_db: None) -> User:
    return builders.make_user()


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """Reads the database beside the event loop, and leaves no connection behind."""
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()


def test_every_page_ends_as_a_fresh_one(author: User, thread: ThreadPoolExecutor) -> None:
    Engine.author, Engine.thread = author, thread
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    run_state_machine_as_test(
        Engine,
        settings=settings(max_examples=RUNS, stateful_step_count=STEPS, suppress_health_check=checks),
    )


def test_a_reader_that_stalls_fetches_what_it_missed(author: User, thread: ThreadPoolExecutor) -> None:
    Engine.author, Engine.thread = author, thread
    engine = Engine()
    socket, _ = engine.open[0]

    socket.has_room.clear()
    engine.somebody_says("a", "x", 1, is_told=True)
    engine.teardown()

    assert socket.page.fetched == 1


def test_a_page_inside_a_step_does_not_trust_it(author: User, thread: ThreadPoolExecutor) -> None:
    Engine.author, Engine.thread = author, thread
    engine = Engine()
    engine.time_passes("beat")

    engine.somebody_says("a", "x", 1, is_told=False)
    engine.opens("lead")
    engine.somebody_says("a", "", 1, is_told=True)
    engine.teardown()


def test_what_is_taken_back_is_told(author: User, thread: ThreadPoolExecutor) -> None:
    Engine.author, Engine.thread = author, thread
    engine = Engine()

    for word in ("x", "y", "x"):
        engine.somebody_says("a", word, 1, is_told=True)
    engine.teardown()


def test_the_first_step_tells_no_more_than_what_has_changed(author: User, thread: ThreadPoolExecutor) -> None:
    Engine.author, Engine.thread = author, thread
    engine = Engine()
    held, since = dict(engine.channel.held), engine.channel.at

    engine.somebody_says("a", "x", 1, is_told=False)
    frame = engine.read(partial(steps.step, engine.topic.pk, held, since)).frames["lead"]
    engine.teardown()

    assert set(frame.parts) == {"a", "item-1"}
