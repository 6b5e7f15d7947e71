"""Engines for as long as a block of code runs. The supervisor keeps them for good."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from operator import methodcaller
from pathlib import Path

from mdd.engines.engine import Command, Engine
from mdd.engines.errors import Trouble

START_SECONDS = 30.0
STOP_SECONDS = 5.0


@contextmanager
def running(engines: Sequence[Engine], *, log: Path) -> Iterator[None]:
    """Make what they need at once, start them, wait until each is ready, and stop all of them at the end.

    Raises Trouble with the end of its log when one does not come up.
    """
    with ThreadPoolExecutor() as pool:
        commands = list(pool.map(methodcaller("command"), engines))
    with ExitStack() as stack, log.open("ab") as output:
        started = [stack.enter_context(_running(command, output.fileno())) for command in commands]
        for engine, process in zip(engines, started, strict=True):
            _wait(engine, process, log)
            engine.settle()
        yield


@contextmanager
def _running(command: Command, output: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command.argv,
        env=command.environ,
        cwd=command.folder,
        user=command.user,
        group=command.user,
        extra_groups=[] if command.user else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _stop(process, command)


def _wait(engine: Engine, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not engine.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise Trouble(f"{engine.name} did not start; its last words were:\n{last}")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], command: Command) -> None:
    process.send_signal(command.stop_signal)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"{command.argv[0]} did not stop and is killed.", file=sys.stderr)  # noqa: T201 # a command's words
        process.kill()
        process.wait()
