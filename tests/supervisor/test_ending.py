"""Whatever happens while a child is started or ended, it is gone in the end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest

from mdd.supervisor.launch import Desk, ended_within
from tests.supervisor.conftest import STUBBORN, child, kept, lives, pid_of, run, until


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
