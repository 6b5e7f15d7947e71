"""A whole instance as `make run` starts it, in a folder and on a port of its own."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from mdd.engines.instance import free_port
from mdd.supervisor.ledger import SUPERVISOR, Ledger
from tests.processes import CHECKOUT, environ
from tests.supervisor.conftest import lives

START_SECONDS = 90.0


class Instance:
    """Starts at once; `stop` in any case."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.log = data.with_suffix(".log")
        self.start()

    @property
    def settings(self) -> dict[str, str]:
        return {"MDD_DATA": str(self.data), "PORT": str(self.port), "MDD_DEMO": "0"}

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mdd.supervisor"],
                cwd=CHECKOUT,
                env=environ(**self.settings),
                stdout=output,
                stderr=output,
            )
        self.wait(self.is_ready)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)

    def pids(self) -> dict[str, int]:
        return {name: pid for name, pid in self._entries().items() if name != SUPERVISOR}

    def is_ready(self) -> bool:
        """Tell whether this start is ready; what a killed one left may still answer."""
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        if self._entries().get(SUPERVISOR) != self.process.pid:
            return False
        try:
            return self._ask("/readyz").get("ready", False) is True
        except OSError:
            return False

    def wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.2)

    def _entries(self) -> dict[str, int]:
        return {entry.name: entry.pid for entry in Ledger(self.data).entries()}

    def _ask(self, path: str) -> dict[str, object]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return dict(json.loads(connection.getresponse().read()))
        except (http.client.HTTPException, ValueError):
            return {}
        finally:
            connection.close()


def living(pids: dict[str, int]) -> dict[str, int]:
    return {name: pid for name, pid in pids.items() if lives(pid)}
