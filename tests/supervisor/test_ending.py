"""Whatever happens while a child is started or ended, it is gone in the end."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from mdd.supervisor.child import GaveUp, Step
from mdd.supervisor.crew import Crew
from mdd.supervisor.launch import Desk, ended_within, launched, run
from mdd.supervisor.ledger import Ledger
from tests.supervisor.conftest import FOREVER, STUBBORN, WAIT_SECONDS, child, kept, lives, pid_of, program, until


class Disk:
    """Tells which processes were to be written down while it was full."""

    def __init__(self) -> None:
        self.is_full = False
        self.pids: list[int] = []

    def refuse(self, pid: int) -> None:
        if self.is_full:
            self.pids.append(pid)
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The one that the ledger lies on."""
    disk, note, forget = Disk(), Ledger.note, Ledger.forget

    def noted(ledger: Ledger, name: str, pid: int) -> None:
        disk.refuse(pid)
        note(ledger, name, pid)

    def forgotten(ledger: Ledger, name: str) -> None:
        disk.refuse(0)
        forget(ledger, name)

    monkeypatch.setattr(Ledger, "note", noted)
    monkeypatch.setattr(Ledger, "forget", forgotten)
    return disk


class Threads:
    """Those that the machine has to spare, and how often it had none."""

    def __init__(self) -> None:
        self.are_out = False
        self.refused = 0

    def spare(self) -> None:
        if self.are_out:
            self.refused += 1
            raise RuntimeError("can't start new thread")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Threads:
    threads, to_thread, start = Threads(), asyncio.to_thread, threading.Thread.start

    async def asked(function: Any, *args: Any) -> Any:
        threads.spare()
        return await to_thread(function, *args)

    def started(thread: threading.Thread) -> None:
        threads.spare()
        start(thread)

    monkeypatch.setattr(asyncio, "to_thread", asked)
    monkeypatch.setattr(threading.Thread, "start", started)
    return threads


@pytest.fixture
def no_process_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has no process to spare the first two times."""
    start, refusals = asyncio.create_subprocess_exec, iter(range(2))

    async def started(*argv: str, **rest: Any) -> asyncio.subprocess.Process:
        if next(refusals, None) is not None:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return await start(*argv, **rest)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)


def test_a_hung_child_that_is_being_ended_is_gone_after_ctrl_c(desk: Desk, tmp_path: Path, hasty: None) -> None:
    pids: list[int] = []

    def is_alive(up_for: float) -> bool:
        return "up" not in desk.log.path.read_text()

    async def story() -> None:
        async with kept(desk, child(tmp_path, STUBBORN, is_alive=is_alive, patience=0.5)):
            pids.append(pid_of(desk))
            await until(lambda: "no sign of life" in desk.log.path.read_text())

    run(story())
    assert [pid for pid in pids if lives(pid)] == []
    assert desk.ledger.entries() == []


@pytest.mark.parametrize("turns", range(6))
def test_who_is_cancelled_as_a_process_ends_stops_waiting(turns: int) -> None:
    class Ending:
        def __init__(self) -> None:
            self.ended = asyncio.Event()

        async def wait(self) -> None:
            await self.ended.wait()

    async def story() -> None:
        process = Ending()
        waiting = asyncio.create_task(ended_within(cast("asyncio.subprocess.Process", process), 5))
        await asyncio.sleep(0.01)
        process.ended.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        was_cancelled_in_time = waiting.cancel()
        await asyncio.wait({waiting})
        assert waiting.cancelled() == was_cancelled_in_time

    run(story())


def test_a_child_that_cannot_be_written_down_is_ended_and_started_again_later(
    desk: Desk, tmp_path: Path, hasty: None, disk: Disk
) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path)):
            first, disk.is_full = pid_of(desk), True
            os.kill(first, signal.SIGKILL)
            await until(lambda: len(set(disk.pids)) > 2)
            disk.is_full = False
            await until(lambda: pid_of(desk) not in {0, first, *disk.pids})
            assert not any(lives(pid) for pid in disk.pids if pid)

    run(story())
    assert "No space left on device" in desk.log.path.read_text()


def test_a_child_is_stopped_though_the_disk_is_full(desk: Desk, tmp_path: Path, hasty: None, disk: Disk) -> None:
    pids: list[int] = []

    async def story() -> None:
        async with asyncio.timeout(WAIT_SECONDS), kept(desk, child(tmp_path)):
            pids.append(pid_of(desk))
            disk.is_full = True

    run(story())
    assert not lives(pids[0])
    assert "No space left on device" in desk.log.path.read_text()


def test_a_child_starts_as_soon_as_the_machine_has_a_process_to_spare(
    desk: Desk, tmp_path: Path, hasty: None, no_process_twice: None
) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path)):
            assert lives(pid_of(desk))

    run(story())
    assert desk.log.path.read_text().count("Resource temporarily unavailable") == 2


def test_a_step_that_cannot_be_started_is_told(desk: Desk, tmp_path: Path, no_process_twice: None) -> None:
    async def story() -> None:
        await Crew(desk).do(Step("migrate", program(tmp_path, "")))

    with pytest.raises(GaveUp, match=r"migrate failed: .*Resource temporarily unavailable\.$"):
        run(story())


def test_a_child_lives_on_though_no_thread_can_be_had_to_ask_for_a_sign_of_life(
    desk: Desk, tmp_path: Path, hasty: None, threads: Threads
) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path)) as crew:
            watched, first = asyncio.create_task(crew.watch()), pid_of(desk)
            threads.are_out = True
            await until(lambda: threads.refused > 2)
            assert (watched.done(), pid_of(desk), lives(first)) == (False, first, True)
            watched.cancel()
            threads.are_out = False

    run(story())
    assert "can't start new thread" in desk.log.path.read_text()


def test_a_child_that_ended_starts_again_as_soon_as_the_machine_has_a_thread_to_spare(
    desk: Desk, tmp_path: Path, hasty: None, threads: Threads
) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path)):
            first, threads.are_out = pid_of(desk), True
            os.kill(first, signal.SIGKILL)
            await until(lambda: threads.refused > 2)
            threads.are_out = False
            await until(lambda: pid_of(desk) not in {0, first})

    run(story())


def test_no_thread_is_wanted_to_wait_for_the_end_of_a_child(desk: Desk, tmp_path: Path, threads: Threads) -> None:
    """It would be wanted when the process runs already, which nobody knew of without it."""
    threads.are_out = True

    async def story() -> None:
        async with launched("child", program(tmp_path, FOREVER)(), desk, patience=1):
            assert lives(pid_of(desk))

    run(story())
    assert threads.refused == 0


def test_a_step_for_which_no_thread_can_be_had_is_told(desk: Desk, tmp_path: Path, threads: Threads) -> None:
    threads.are_out = True

    with pytest.raises(GaveUp, match=r"migrate failed: can't start new thread\.$"):
        run(Crew(desk).do(Step("migrate", program(tmp_path, ""))))
