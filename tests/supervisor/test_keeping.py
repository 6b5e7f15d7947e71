"""A child is kept running, whatever ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from mdd.engines import Trouble
from mdd.engines.engine import Command
from mdd.supervisor import keeper, log
from mdd.supervisor.child import Child, GaveUp, Step
from mdd.supervisor.crew import Crew
from mdd.supervisor.keeper import back_off
from mdd.supervisor.launch import Desk, run
from tests.supervisor.conftest import STUBBORN, WAIT_SECONDS, child, kept, lives, pid_of, program, until

PARENT = """
import os, subprocess, sys, time
orphan = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
open("draft", "w").write(str(orphan.pid))
os.rename("draft", "orphan")
time.sleep(300)
"""
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("{0} left", flush=True), sys.exit()))
print("{0} up", flush=True)
time.sleep(300)
"""


def test_a_killed_child_starts_again(desk: Desk, tmp_path: Path, hasty: None) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path)):
            first = pid_of(desk)
            os.kill(first, signal.SIGKILL)
            await until(lambda: pid_of(desk) not in {0, first})

    run(story())


def test_what_a_killed_child_had_started_is_gone_before_it_starts_again(
    desk: Desk, tmp_path: Path, hasty: None
) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path, PARENT)):
            await until((tmp_path / "orphan").exists)
            first, orphan = pid_of(desk), int((tmp_path / "orphan").read_text())
            os.kill(first, signal.SIGKILL)
            await until(lambda: pid_of(desk) not in {0, first})
            assert not lives(orphan)

    run(story())


def test_a_hung_child_is_replaced(desk: Desk, tmp_path: Path, hasty: None) -> None:
    answers = iter([True, False])

    async def story() -> None:
        async with kept(desk, child(tmp_path, is_alive=lambda _: next(answers, True))):
            first = pid_of(desk)
            await until(lambda: pid_of(desk) not in {0, first})

    run(story())


def test_start_waits_until_the_child_does_its_work(desk: Desk, tmp_path: Path) -> None:
    source = "import time; time.sleep(0.3); open('works', 'w'); time.sleep(300)"

    async def story() -> None:
        async with kept(desk, child(tmp_path, source, is_ready=(tmp_path / "works").exists)):
            assert (tmp_path / "works").exists()

    run(story())


def test_a_child_that_never_works_is_given_up_in_one_sentence(desk: Desk, tmp_path: Path, hasty: None) -> None:
    async def story() -> None:
        async with kept(desk, child(tmp_path, "print('no such thing'); exit(3)", is_ready=lambda: False)):
            pass

    with pytest.raises(GaveUp, match=r"child does not start: .* has its last words\.$"):
        run(story())
    assert "no such thing" in desk.log.path.read_text()


def test_a_child_that_hangs_at_its_first_starts_is_given_up(
    desk: Desk, tmp_path: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "STEADY_SECONDS", 0.1)

    async def story() -> None:
        async with asyncio.timeout(WAIT_SECONDS), kept(desk, child(tmp_path, is_ready=lambda: False, ready_within=0.2)):
            pass

    with pytest.raises(GaveUp, match="child does not start"):
        run(story())
    assert desk.log.path.read_text().count("is not ready after") == 3


def test_pauses_are_short_again_after_a_steady_run(
    desk: Desk, tmp_path: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[int] = []

    def at_once(known: int) -> float:
        failures.append(known)
        return 0.05

    monkeypatch.setattr(keeper, "STEADY_SECONDS", 1.0)
    monkeypatch.setattr(keeper, "back_off", at_once)
    third_is_steady = child(tmp_path, is_alive=lambda up_for: len(failures) == 2 and up_for < 1.2)

    async def story() -> None:
        async with kept(desk, third_is_steady):
            await until(lambda: len(failures) >= 4)

    run(story())
    assert failures[:4] == [1, 2, 0, 1]


def test_trouble_at_the_first_start_is_told_as_it_is(desk: Desk) -> None:
    def command() -> Command:
        raise Trouble("Install the thing.")

    async def story() -> None:
        async with kept(desk, Child("child", command)):
            pass

    with pytest.raises(GaveUp, match="Install the thing"):
        run(story())


def test_a_stopped_child_is_gone_with_all_that_it_started(desk: Desk, tmp_path: Path) -> None:
    pids: list[int] = []

    async def story() -> None:
        async with kept(desk, child(tmp_path, PARENT)):
            await until((tmp_path / "orphan").exists)
            pids.extend([pid_of(desk), int((tmp_path / "orphan").read_text())])

    run(story())
    assert len(pids) == 2
    assert not any(map(lives, pids))
    assert desk.ledger.entries() == []


def test_who_does_not_stop_in_time_is_killed(desk: Desk, tmp_path: Path) -> None:
    began: list[float] = []

    async def story() -> None:
        async with kept(desk, child(tmp_path, STUBBORN, patience=0.2)):
            await until(lambda: "up" in desk.log.path.read_text())
            began.append(time.monotonic())

    run(story())
    assert 0.2 <= time.monotonic() - began[0] < 2


def test_groups_stop_in_the_opposite_order(desk: Desk, tmp_path: Path) -> None:
    async def story() -> None:
        crew = Crew(desk)
        await crew.start([child(tmp_path, POLITE.format("engine"), "engine")])
        await crew.start([child(tmp_path, POLITE.format("app"), "app")])
        await until(lambda: desk.log.path.read_text().count(" up") == 2)
        await crew.stop()

    run(story())
    words = desk.log.path.read_text()
    assert words.index("app left") < words.index("engine left")


def test_a_failed_step_is_told(desk: Desk, tmp_path: Path) -> None:
    async def story() -> None:
        await Crew(desk).do(Step("migrate", program(tmp_path, "exit(1)")))

    with pytest.raises(GaveUp, match="migrate failed"):
        run(story())


def test_pauses_grow_from_one_to_five_seconds_and_differ() -> None:
    pauses = [back_off(failures) for failures in (1, 2, 9) for _ in range(50)]

    assert all(1 <= pause <= 5 for pause in pauses)
    assert max(pauses[:50]) <= 2 < max(pauses[100:])
    assert len(set(pauses)) > 100


def test_very_long_lines_and_broken_bytes_do_not_stop_the_log(desk: Desk, tmp_path: Path) -> None:
    source = "import sys; sys.stdout.buffer.write(b'x' * 300_000 + b'\\n\\xff\\xfe\\nlast words\\n')"

    async def story() -> None:
        await Crew(desk).do(Step("loud", program(tmp_path, source)))

    run(story())
    assert "last words" in desk.log.path.read_text()


def test_the_log_on_disk_is_bounded_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 2_000)
    with closing(log.Log(tmp_path / "mdd.log")) as bounded:
        for _ in range(200):
            bounded.say("loud", "y" * 50)

    files = sorted(tmp_path.glob("mdd.log*"))
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) <= 6_000
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]
