"""What a killed supervisor left is found again, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mdd.supervisor.ledger import Entry, Ledger
from tests.supervisor.conftest import FOREVER


@pytest.fixture
def left(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that leads a session of its own, with a child in it."""
    source = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {FOREVER!r}])"
    process = subprocess.Popen([sys.executable, "-c", source], start_new_session=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    for other in session(process.pid):
        other.kill()
    process.stdout.close()
    process.wait()


def session(pid: int) -> list[psutil.Process]:
    return [other for other in psutil.process_iter() if is_in_session(other, pid)]


def is_in_session(process: psutil.Process, pid: int) -> bool:
    try:
        return os.getsid(process.pid) == pid and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, psutil.Error):
        return False


def test_a_leftover_is_ended_with_all_that_it_started(tmp_path: Path, left: subprocess.Popen[bytes]) -> None:
    Ledger(tmp_path).note("web", left.pid)
    assert len(session(left.pid)) == 2

    Ledger(tmp_path).end_leftovers()

    assert session(left.pid) == []
    assert Ledger(tmp_path).entries() == []


def test_what_a_dead_leftover_had_started_is_ended_too(tmp_path: Path, left: subprocess.Popen[bytes]) -> None:
    Ledger(tmp_path).note("web", left.pid)
    left.kill()
    left.wait()
    assert len(session(left.pid)) == 1

    Ledger(tmp_path).end_leftovers()

    assert session(left.pid) == []


def test_a_process_that_got_the_same_pid_later_is_left_alone(tmp_path: Path, left: subprocess.Popen[bytes]) -> None:
    ledger = Ledger(tmp_path)
    ledger.note("web", left.pid)
    (entry,) = ledger.entries()
    rewrite(ledger, replace(entry, started=entry.started - 60))

    ledger.end_leftovers()

    assert len(session(left.pid)) == 2


def test_a_broken_ledger_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "processes.json").write_text("[{")

    assert Ledger(tmp_path).entries() == []


def rewrite(ledger: Ledger, entry: Entry) -> None:
    ledger._write([entry])
