"""A broker that forgets is refused before it can."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from mdd import broker
from mdd.engines import data_folder, home, instance
from tests.races import until

Start = Callable[[str], str]


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
