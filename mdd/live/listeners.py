"""One open stream, and the one synchronous write by which it is served."""

from __future__ import annotations

import asyncio

from . import sockets
from .feeds import Admission
from .sockets import Chunk, Send

SLOW = 60.0  # seconds that a reader may take to make room again


class Listener:
    """Never queues: what does not fit into its socket is dropped, and its reader then fetches the page whole."""

    __slots__ = ("_catching_up", "_put", "_send", "_serving", "admission", "ended", "key")

    def __init__(self, admission: Admission, send: Send) -> None:
        self.admission = admission
        self.key = admission.key
        self.ended = ""
        self._put = sockets.of(send).put
        self._send = send
        self._serving = asyncio.current_task()
        self._catching_up: asyncio.Task[None] | None = None

    def push(self, chunk: Chunk, late: Chunk) -> None:
        """Send now, or `late` instead as soon as there is room. A reader that is late already gets nothing else."""
        if self._catching_up is None and not self._put(chunk):
            self._catching_up = asyncio.create_task(self._catch_up(late))

    async def _catch_up(self, late: Chunk) -> None:
        try:
            async with asyncio.timeout(SLOW):
                await self._send(late.message)
            self._catching_up = None
        except TimeoutError:
            self.end("slow")

    def end(self, why: str) -> None:
        """Let the endpoint close the stream. `why` is told to the page: "gone" where it may not listen any more."""
        if not self.ended and self._serving is not None:
            self.ended = why
            self._serving.cancel()

    def take_up_again(self) -> None:
        """For the endpoint that has heard it: what it does from now on may be given a time."""
        if self._serving is not None:
            self._serving.uncancel()

    def leave(self) -> None:
        if self._catching_up is not None:
            self._catching_up.cancel()
