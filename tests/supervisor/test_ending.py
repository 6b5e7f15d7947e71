"""Whatever happens while a child is started or ended, it is gone in the end."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
from pathlib import Path
from typing import Any, cast

import pytest

from mdd.supervisor.child import GaveUp, Step
from mdd.supervisor.crew import Crew
from mdd.supervisor.launch import Desk, ended_within
from mdd.supervisor.ledger import Ledger
from tests.supervisor.conftest import STUBBORN, WAIT_SECONDS, child, kept, lives, pid_of, program, run, until


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
