"""Programs that are measured: started on a free port and on core 0, stopped by their id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mdd.engines import instance
from mdd.supervisor import plan
from mdd.supervisor.settings import Start

SERVER_CORE, CLIENT_CORE = 0, 1
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def running(argv: Sequence[str], port: int, *, environ: dict[str, str], folder: Path) -> Iterator[Server]:
    refuse_what_is_taken(port)
    process = subprocess.Popen(argv, env=environ, cwd=folder)
    os.sched_setaffinity(process.pid, {SERVER_CORE})
    try:
        wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def app(data: Path) -> Iterator[Server]:
    """The web process as the supervisor runs it."""
    port = instance.free_port()
    start = Start(data, "127.0.0.1", port, runs_postgres=False, runs_valkey=False, has_demo=False)
    web = next(child for child in plan.of(start).apps if child.name == "web").command()
    with running(web.argv, port, environ=web.environ, folder=web.folder) as server:
        yield server


@contextmanager
def peer(name: str, folder: Path, *, size: int) -> Iterator[Server]:
    """A server of peers/, whose packages lie in `folder`; each of its messages has `size` bytes."""
    port = instance.free_port()
    program = [sys.executable] if name.endswith(".py") else ["node"]
    argv = [*program, str(folder / name), str(port), str(size)]
    with running(argv, port, environ=dict(os.environ), folder=folder) as server:
        yield server


def refuse_what_is_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"Port {port} is taken: something else would be measured.")


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{process.args!r} does not listen.")
