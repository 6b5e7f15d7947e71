"""Children that are small programs, kept by the real supervisor."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from mdd.engines.engine import Command
from mdd.supervisor import keeper
from mdd.supervisor.child import Child
from mdd.supervisor.crew import Crew
from mdd.supervisor.launch import Desk
from mdd.supervisor.ledger import Ledger
from mdd.supervisor.log import Log

FOREVER = "import time; print('up', flush=True); time.sleep(300)"
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(300)
"""
WAIT_SECONDS = 10.0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Log(tmp_path / "mdd.log")) as log:
        yield Desk(log, Ledger(tmp_path))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Back-off and questions without the waiting."""
    monkeypatch.setattr(keeper, "back_off", lambda _: 0.05)
    monkeypatch.setattr(keeper, "ASK_ALIVE_EVERY", 0.05)


def program(tmp_path: Path, source: str) -> Callable[[], Command]:
    return lambda: Command((sys.executable, "-c", source), dict(os.environ), tmp_path)


def child(tmp_path: Path, source: str = FOREVER, name: str = "child", **rest: Any) -> Child:
    return Child(name, program(tmp_path, source), **rest)


@asynccontextmanager
async def kept(desk: Desk, *children: Child) -> AsyncIterator[Crew]:
    crew = Crew(desk)
    try:
        await crew.start(children)
        yield crew
    finally:
        await crew.stop()


def pid_of(desk: Desk, name: str = "child") -> int:
    return next((entry.pid for entry in desk.ledger.entries() if entry.name == name), 0)


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
