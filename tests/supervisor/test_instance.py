"""A whole instance: killed in parts, killed at the head, started twice, stopped."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mdd.engines import environment, foreground, home, plan, trials
from mdd.supervisor import lock
from tests.processes import run
from tests.supervisor.instances import Instance, living

pytestmark = [pytest.mark.xdist_group("instance"), pytest.mark.long]

CHILDREN = {"postgres", "valkey", "web", "worker-fast", "worker-refresh", "beat"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """One instance for all tests of this module."""
    with trials.folder(tmp_path_factory.mktemp("instances")) as folder:
        instance = Instance(folder)
        yield instance
        instance.stop()


@pytest.fixture
def instance(started: Instance) -> Instance:
    """It runs, whatever the test before has left."""
    if started.process.poll() is not None:
        started.start()
    return started


def test_every_child_that_is_killed_starts_again(instance: Instance) -> None:
    killed = instance.pids()
    assert set(killed) == CHILDREN

    for pid in killed.values():
        os.kill(pid, signal.SIGKILL)

    instance.wait(lambda: set(instance.pids()) == CHILDREN and not set(instance.pids().values()) & set(killed.values()))
    instance.wait(instance.is_ready)


def test_a_second_start_says_so_in_one_sentence_and_changes_nothing(instance: Instance) -> None:
    before = instance.pids()

    second = run(["-m", "mdd.supervisor"], **instance.settings)

    assert second.returncode == 1
    assert second.stderr.startswith(f"MDD already runs in {instance.data} on http://127.0.0.1:{instance.port}/: ")
    assert second.stderr.count("\n") == 1
    assert instance.pids() == before == living(before)


def test_what_a_killed_supervisor_left_is_ended_and_others_are_not(instance: Instance, tmp_path: Path) -> None:
    left = instance.pids()
    with trials.folder(tmp_path) as folder, foreground.running([plan.app_valkey(folder)], log=folder / "log"):
        instance.process.kill()
        instance.process.wait()
        assert living(left) == left

        instance.start()

        assert plan.app_valkey(folder).is_ready()
    assert living(left) == {}
    assert set(living(instance.pids())) == CHILDREN


def test_ctrl_c_ends_everything_within_ten_seconds_and_keeps_the_data(instance: Instance) -> None:
    running, known = instance.pids(), environment({"MDD_DATA": str(instance.data)})

    began = time.monotonic()
    instance.stop()

    assert time.monotonic() - began < 10
    assert instance.process.returncode == 0
    assert living(running) == {}
    assert not lock.is_held(instance.data)
    assert (home.of(instance.data).folder / "postgres" / "18").is_dir()
    instance.start()
    assert environment({"MDD_DATA": str(instance.data)}) == known


def test_stop_from_another_terminal_stops_it(instance: Instance) -> None:
    running = instance.pids()

    stopped = run(["-m", "mdd.supervisor", "stop"], **instance.settings)

    assert (stopped.returncode, stopped.stdout) == (0, "MDD has stopped; its data stays.\n")
    assert living(running) == {}
    assert run(["-m", "mdd.supervisor", "stop"], **instance.settings).stdout == "MDD was not running.\n"
    instance.process.wait()
