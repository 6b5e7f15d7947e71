"""`python -m mdd.engines with`: engines of its own for one command, gone afterwards whatever happens."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from mdd.engines import home, leftovers
from tests.processes import CHECKOUT, environ, run

pytestmark = pytest.mark.long

SETS = """
import os, psycopg, redis
psycopg.connect(os.environ["DATABASE_URL"]).close()
redis.from_url(os.environ["REDIS_URL"]).ping()
assert os.environ["MDD_DATA"].startswith(os.environ["OUTER"]), os.environ["MDD_DATA"]
assert os.environ["TMPDIR"].startswith(os.environ["MDD_DATA"])
from mdd.engines import environment, flights
ours = environment()
host, port = os.environ["MDD_EGRESS_ALLOW"].split(":")
assert (host, int(port)) == (flights(ours.data).host, flights(ours.data).port)
psycopg.connect(flights(ours.data).owner_dsn).close()
raise SystemExit(7)
"""


def test_the_command_finds_servers_keys_and_flights_and_its_exit_code_is_kept(tmp_path: Path) -> None:
    arguments = ["-m", "mdd.engines", "with", "--flights", "--", sys.executable, "-c", SETS]

    done = run(arguments, MDD_DATA=str(tmp_path), OUTER=str(tmp_path))

    assert done.returncode == 7, done.stderr
    assert list((tmp_path / "trials").iterdir()) == []
    assert engines_of(tmp_path) == []


def test_it_can_run_on_the_older_postgresql(tmp_path: Path) -> None:
    source = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.server_version // 10_000)"

    done = run(
        ["-m", "mdd.engines", "with", "--postgres", "16", "--", sys.executable, "-c", source], MDD_DATA=str(tmp_path)
    )

    assert done.stdout == "16\n", done.stderr


def test_stopped_from_outside_it_stops_its_engines(tmp_path: Path) -> None:
    with_engines = started(tmp_path)

    with_engines.send_signal(signal.SIGTERM)

    assert with_engines.wait(timeout=20) == 128 + signal.SIGTERM
    assert engines_of(tmp_path) == []


def test_what_a_killed_one_left_is_swept_by_the_next(tmp_path: Path) -> None:
    killed = started(tmp_path)
    (trial,) = (tmp_path / "trials").iterdir()
    killed.kill()
    killed.wait()
    assert len(engines_of(tmp_path)) >= 2

    run(["-m", "mdd.engines", "with", "--", "true"], MDD_DATA=str(tmp_path))

    assert engines_of(tmp_path) == []
    assert not trial.exists()
    assert not home.shared_folder(trial).exists()


def started(data: Path) -> subprocess.Popen[bytes]:
    """Start a command that lasts, and wait until it runs."""
    flag = data / "runs"
    process = subprocess.Popen(
        [sys.executable, "-m", "mdd.engines", "with", "--", "sh", "-c", f"touch {flag}; exec sleep 60"],
        cwd=CHECKOUT,
        env=environ(MDD_DATA=str(data)),
    )
    until(flag.exists)
    return process


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def engines_of(data: Path) -> list[int]:
    """Return the engines that work for any trial under this folder."""
    trials = list((data / "trials").iterdir())
    places = [place for trial in trials for place in (trial / "engines", home.shared_folder(trial))]
    return [process.pid for process in psutil.process_iter() if any(leftovers.is_engine_in(process, p) for p in places)]
