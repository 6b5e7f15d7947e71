"""Start one process, copy what it says into the log, and make sure that it is gone in the end."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import Any

from mdd.engines.engine import Command
from mdd.supervisor.ledger import Ledger
from mdd.supervisor.log import Log

LAST_WORDS_SECONDS = 1.0
BURIAL_SECONDS = 1.0


@dataclass(frozen=True)
class Desk:
    """Where the supervisor writes."""

    log: Log
    ledger: Ledger


def run(story: Coroutine[Any, Any, None]) -> None:
    """Run it as asyncio does, but wait for the ends of processes without threads.

    Python 3.11 else wants a thread for each process when that runs already: where none is left it is nobody's.
    """
    if sys.version_info >= (3, 12) or not _has_pidfd():
        asyncio.run(story)
        return
    usual = asyncio.get_child_watcher()
    asyncio.set_child_watcher(asyncio.PidfdChildWatcher())
    try:
        asyncio.run(story)
    finally:
        asyncio.set_child_watcher(usual)


def _has_pidfd() -> bool:
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


@contextlib.asynccontextmanager
async def launched(name: str, command: Command, desk: Desk, patience: float) -> AsyncIterator[Process]:
    """Run the process in a session of its own. At the end it and all that it started are gone.

    Raises OSError, or RuntimeError for want of a thread, when it cannot be started, or not be written down.
    """
    # A pipe of ours: asyncio would take a process for running as long as an orphan of it holds the pipe.
    reading, writing = os.pipe()
    words = asyncio.create_task(desk.log.copy(name, os.fdopen(reading, "rb")))
    try:
        process = await _start(command, writing)
    finally:
        os.close(writing)
    try:
        desk.ledger.note(name, process.pid)
        yield process
    finally:
        try:
            await _whole(_end(process, command.stop_signal, patience))
        finally:
            _forget(name, desk)
            await asyncio.wait({words}, timeout=LAST_WORDS_SECONDS)
            words.cancel()


async def ended_within(process: Process, seconds: float) -> bool:
    # In Python 3.11 `wait_for` goes on as if nothing were when it is cancelled in the moment of the end.
    try:
        async with asyncio.timeout(seconds):
            await process.wait()
    except TimeoutError:
        return False
    return True


async def _whole(work: Coroutine[Any, Any, None]) -> None:
    """Do all of it. Whoever is cancelled meanwhile is so afterwards."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.shield(task)
        raise


async def _start(command: Command, output: int) -> Process:
    return await asyncio.create_subprocess_exec(
        *command.argv,
        env=command.environ,
        cwd=command.folder,
        user=command.user,
        group=command.user,
        extra_groups=[] if command.user else None,
        stdin=DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _forget(name: str, desk: Desk) -> None:
    """An entry that stays names nobody: its process is gone."""
    try:
        desk.ledger.forget(name)
    except OSError as error:
        desk.log.say(name, f"[{error}]")


async def _end(process: Process, how: signal.Signals, patience: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(how)
    await ended_within(process, patience)
    await _kill_group(process.pid)
    await process.wait()


async def _kill_group(leader: int) -> None:
    """End what it had started, and wait until that is gone: init takes a moment to bury orphans."""
    deadline = time.monotonic() + BURIAL_SECONDS
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(leader, signal.SIGKILL)
            await asyncio.sleep(0.01)
