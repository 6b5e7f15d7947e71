"""A broker that forgets is refused before it can, and one that dies is missed."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
import redis
from billiard.context import ForkContext
from celery.beat import SchedulingError
from django.conf import settings
from kombu import Connection, Queue
from kombu.message import Message

from mdd import broker
from mdd.celery import app
from mdd.engines import data_folder, home, instance
from tests.races import until

Start = Callable[[str], str]


class Listener(NamedTuple):
    address: str
    connection: Connection
    message: Message


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a Valkey with an eviction policy and answers with its address."""
    started: list[subprocess.Popen[bytes]] = []

    def run(policy: str) -> str:
        port = instance.free_port()
        program = home.valkey_program(home.of(data_folder()))
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", policy]
        started.append(subprocess.Popen([str(program), *options], cwd=tmp_path, stdout=subprocess.DEVNULL))
        until(lambda: answers(port))
        return f"redis://127.0.0.1:{port}/0"

    yield run
    for process in started:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        with redis.Redis(port=port, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_broker_that_evicts_is_refused_with_a_word_of_advice(start: Start, policy: str) -> None:
    with pytest.raises(SystemExit, match=f"maxmemory-policy {policy}.*noeviction"):
        broker.refuse_forgetful(start(policy))


def test_a_broker_that_keeps_everything_is_welcome(start: Start) -> None:
    broker.refuse_forgetful(start("noeviction"))


def test_our_own_broker_is_one() -> None:
    broker.refuse_forgetful(settings.REDIS_URL)


def test_a_broker_that_is_away_may_come_later() -> None:
    broker.refuse_forgetful("redis://127.0.0.1:1/0")


@pytest.mark.parametrize(("cause", "is_brief"), [(redis.ConnectionError(), True), (ValueError(), False)])
def test_a_broker_that_is_away_takes_one_line_of_the_log(
    caplog: pytest.LogCaptureFixture, cause: Exception, is_brief: bool
) -> None:
    error = SchedulingError()
    error.__cause__ = cause

    with caplog.filtering(broker.Brief()):
        logging.getLogger("celery.beat").error("Message Error: refused\n%s", ["a", "stack"], exc_info=error)

    first, *rest = caplog.text.splitlines()
    assert first.endswith("Message Error: refused")
    assert bool(rest) is not is_brief


@pytest.fixture
def listener(start: Start) -> Iterator[Listener]:
    """A worker's connection to a broker of its own, with one place, that listens and has taken a message."""
    address, taken = start("noeviction"), []
    with app.connection_for_read(address) as connection:
        queue = Queue("refresh")(connection.default_channel)
        take = [lambda _, message: taken.append(message)]
        with connection.Consumer(queue, callbacks=take, accept=["json"], prefetch_count=1):
            connection.Producer().publish({}, routing_key="refresh")
            connection.drain_events(timeout=5)
            yield Listener(address, connection, taken[0])


def test_a_worker_whose_last_message_was_done_while_the_broker_died_finds_that_out(listener: Listener) -> None:
    end(listener.address)
    with pytest.raises(redis.ConnectionError):
        listener.message.ack()

    with pytest.raises(redis.ConnectionError):
        listener.connection.drain_events(timeout=5)


def test_a_child_of_a_worker_holds_no_copy_of_its_line_to_the_broker(listener: Listener) -> None:
    child = ForkContext().Process(target=leave_with_the_number_of_lines, args=(listener.connection.port,))
    child.start()
    child.join(timeout=20)

    assert child.exitcode == 0


def leave_with_the_number_of_lines(port: int) -> None:
    gc.collect()
    ends = [line.raddr for line in psutil.Process().net_connections("tcp")]
    os._exit([getattr(end, "port", None) for end in ends].count(port))


def end(address: str) -> None:
    with redis.Redis.from_url(address) as client:
        client.shutdown(nosave=True)
