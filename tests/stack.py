"""Everything that `make run` starts, for the tests that need all of it: one instance with its demo, started once."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import psycopg

from mdd.engines import environment, instance
from tests.processes import environ, tied

START_SECONDS = 90.0
STOP_SECONDS = 20.0


@dataclass(frozen=True)
class Stack:
    """A running instance. `words` is what it prints, as `make run` would show it."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    words: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection to the instance's own database."""
        return psycopg.connect(environment({"MDD_DATA": str(self.data)}).database_url, autocommit=True)

    def said(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.words.read_text(errors="replace"))

    def children(self, name: str) -> list[psutil.Process]:
        """The running processes whose command line names this, youngest last."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return sorted((child for child in found if name in command_of(child)), key=lambda child: child.create_time())


def command_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@contextmanager
def running(folder: Path) -> Iterator[Stack]:
    """Start an instance with all its data under `folder`, wait until its demo is loaded, and stop it at the end."""
    words, port = folder / "words", instance.free_port()
    surroundings = environ(MDD_DATA=str(folder / "data"), PORT=str(port), HOST="127.0.0.1", PYTHONUNBUFFERED="1")
    with words.open("wb") as output:
        process = tied("mdd.supervisor", env=surroundings, stdout=output, stderr=output)
    stack = Stack(folder / "data", port, process, words)
    try:
        wait_until(lambda: is_ready(stack), START_SECONDS, lambda: words.read_text(errors="replace")[-4000:])
        yield stack
    finally:
        process.communicate(timeout=STOP_SECONDS)


def is_ready(stack: Stack) -> bool:
    """Everything gives signs of life, and the demo has its dashboards."""
    if stack.process.poll() is not None:
        raise AssertionError(stack.words.read_text(errors="replace")[-4000:])
    return answers(f"{stack.base}/readyz") and has_demo(stack)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def has_demo(stack: Stack) -> bool:
    with stack.connect() as connection:
        row = connection.execute("SELECT count(*) FROM metrics_tile").fetchone()
    return row is not None and row[0] != 0


def wait_until(is_so: Callable[[], bool], seconds: float, otherwise: Callable[[], str] = str) -> None:
    """Wait for something to become true; fail with the words of `otherwise` when it has not in time."""
    ends, pause = time.monotonic() + seconds, 0.02
    while not is_so():
        if time.monotonic() > ends:
            raise AssertionError(f"Not within {seconds:.0f} s. {otherwise()}")
        time.sleep(pause)
        pause = min(0.2, pause * 1.5)
