"""Keep one process running."""

import asyncio
import random
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from functools import partial

from mdd.engines.errors import Trouble
from mdd.supervisor.child import Child, GaveUp
from mdd.supervisor.launch import Desk, ended_within, launched

STEADY_SECONDS = 30.0
ASK_READY_EVERY = 0.1
ASK_ALIVE_EVERY = 5.0
FIRST_TRIES = 3


class Keeper:
    """Starts its child, and starts it again whenever it ends or hangs. Cancelling `keep` stops the child."""

    def __init__(self, child: Child, desk: Desk) -> None:
        self.child = child
        self.ready = asyncio.Event()
        self._desk = desk

    async def keep(self) -> None:
        """Never returns. Raises GaveUp when the child never became ready in its first tries."""
        failures = 0
        while True:
            failures = 0 if await self._run_steadily() else failures + 1
            if failures >= FIRST_TRIES and not self.ready.is_set():
                raise GaveUp(f"{self.child.name} does not start: {self._desk.log.path} has its last words.")
            pause = back_off(failures)
            self._say(f"starts again in {pause:.1f} s")
            await asyncio.sleep(pause)

    async def _run_steadily(self) -> bool:
        """Run the child once, to its end. Tells whether it became ready and then lived for a while."""
        try:
            command = await asyncio.to_thread(self.child.command)
        except (Trouble, OSError) as error:
            self._fail(error)
            return False
        except RuntimeError as error:  # no thread to be had
            self._say(str(error))
            return False
        try:
            async with launched(self.child.name, command, self._desk, self.child.patience) as process:
                was_steady = await self._becomes_ready(process) and await self._lives(process) > STEADY_SECONDS
        except (OSError, RuntimeError) as error:
            self._say(str(error))
            return False
        self._say(f"ended ({process.returncode})")
        return was_steady

    def _fail(self, error: BaseException) -> None:
        if not self.ready.is_set():
            raise GaveUp(str(error)) from error
        self._say(str(error))

    async def _becomes_ready(self, process: Process) -> bool:
        deadline = time.monotonic() + self.child.ready_within
        while not await self._ask(self.child.is_ready, unasked=False):
            if await ended_within(process, ASK_READY_EVERY):
                return False
            if time.monotonic() > deadline:
                self._say(f"is not ready after {self.child.ready_within:.0f} s")
                return False
        self.ready.set()
        return True

    async def _lives(self, process: Process) -> float:
        """Wait until it ends or hangs. Returns the seconds until then."""
        ready_at = time.monotonic()
        while not await ended_within(process, ASK_ALIVE_EVERY):
            if not await self._ask(partial(self.child.is_alive, time.monotonic() - ready_at), unasked=True):
                self._say("gives no sign of life and is ended")
                break
        return time.monotonic() - ready_at

    async def _ask(self, check: Callable[[], bool], *, unasked: bool) -> bool:
        """What the check says, or `unasked` where there is no thread to ask in: that is no fault of the child."""
        try:
            return await asyncio.to_thread(check)
        except RuntimeError as error:
            self._say(str(error))
            return unasked

    def _say(self, words: str) -> None:
        self._desk.log.say(self.child.name, f"[{words}]")


def back_off(failures: int) -> float:
    """Return 1 to 5 seconds, more after more failures, spread so that children do not start in step."""
    return random.uniform(1.0, min(5.0, 1.0 + failures))  # noqa: S311
