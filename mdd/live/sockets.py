"""The way of bytes into one reader's socket."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

Message = dict[str, Any]
Send = Callable[[Message], Coroutine[Any, Any, None]]


class Chunk:
    """What many readers get: made once, as a message of ASGI and as it travels."""

    def __init__(self, content: bytes, *, more: bool = True) -> None:
        self.message: Message = {"type": "http.response.body", "body": content, "more_body": more}

    @cached_property
    def framed(self) -> bytes:
        content = self.message["body"]
        return b"%x\r\n%b\r\n" % (len(content), content)


class Socket(Protocol):
    def put(self, chunk: Chunk) -> bool:
        """Write without waiting. False: there is no room, and nothing was written."""
        ...


class Asgi:
    """Any server's `send`, run as far as it goes without waiting."""

    __slots__ = ("_send",)

    def __init__(self, send: Send) -> None:
        self._send = send

    def put(self, chunk: Chunk) -> bool:
        sending = self._send(chunk.message)
        try:
            sending.send(None)
        except StopIteration:
            return True
        sending.close()
        return False


class Uvicorn:
    """Straight into the transport: a chunk is framed once, not once a reader. It does what uvicorn's `send` does."""

    __slots__ = ("_cycle", "_flow", "_write")

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._flow = cycle.flow
        self._write = cycle.transport.write

    def put(self, chunk: Chunk) -> bool:
        if self._flow.write_paused:
            return False
        # A transport that is closed raises, and whoever stands behind in the row would get nothing.
        if not self._cycle.disconnected:
            self._write(chunk.framed)
        return True


def of(send: Send) -> Socket:
    cycle = _cycle_of(send)
    return Uvicorn(cycle) if cycle and cycle.chunked_encoding else Asgi(send)


def abort(send: Send) -> None:
    """Drop the line with all that waits to be read. Other servers close that of an answer that was not completed."""
    if cycle := _cycle_of(send):
        cycle.transport.abort()


def _cycle_of(send: Send) -> RequestResponseCycle | None:
    cycle = getattr(send, "__self__", None)
    return cycle if isinstance(cycle, RequestResponseCycle) else None
