"""A web process that dies where it is told, and is started again by whoever watches it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from mdd.engines import instance
from tests.browser.room.webs import surroundings
from tests.live.points import Point
from tests.processes import CHECKOUT
from tests.races import until


@dataclass
class Mortal:
    """One at a time, forked from one in which everything is imported. If it `hurries`, it looks and beats sooner."""

    log: Path
    hurries: bool = False
    changes: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=instance.free_port)
    deaths: int = 0
    _pid: int = 0
    _is_warm: bool = False

    def __post_init__(self) -> None:
        with self.log.open("ab") as output:
            self._mother = subprocess.Popen(
                [sys.executable, "-m", "tests.live.dying_web", str(self.port), *["hurry"][: self.hurries]],
                cwd=CHECKOUT,
                env=surroundings(self.port) | self.changes,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def warm(self, path: str, cookies: str) -> None:
        """Draw this page once, before the first fork."""
        if not self._is_warm:
            self._tell({"path": path, "cookies": cookies})
            self._is_warm = True

    @contextmanager
    def running(self, point: Point | None = None) -> Iterator[None]:
        """Serves, dies at `point`, serves again, and is gone at the end."""
        self.deaths, over = 0, threading.Event()
        self._start(point)
        until(self._is_listening)
        keeper = threading.Thread(target=self._keep, args=(over,), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            over.set()
            self.kill()
            keeper.join()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        self._mother.kill()
        self._mother.communicate()

    def _start(self, point: Point | None) -> None:
        self._tell(point and point.told())
        self._pid = int(self._line())

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _keep(self, over: threading.Event) -> None:
        while self._line() == str(-signal.SIGKILL) and not over.is_set():
            self.deaths += 1
            self._start(None)

    def _tell(self, what: object) -> None:
        assert self._mother.stdin is not None
        self._mother.stdin.write(json.dumps(what) + "\n")
        self._mother.stdin.flush()

    def _line(self) -> str:
        assert self._mother.stdout is not None
        return self._mother.stdout.readline().strip()
