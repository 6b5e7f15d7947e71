"""The line to a PostgreSQL source: a watcher may end it at any time, and what is too much ends it by itself."""

from __future__ import annotations

import socket
import struct
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import dup
from typing import Any, TypeVar

import psycopg
from django.utils.translation import gettext as _
from psycopg.abc import PQGen

from .errors import Code, SourceError

T = TypeVar("T")
Row = tuple[object, ...]
AHEAD = 8  # bytes that may come in for each that an answer may hold: a row is counted when all of it is there
AT_ONCE = 64 * 1024  # bytes that may lie ready to be read; less than a packet of loopback would stall
RECEIVED = 128  # where struct tcp_info holds tcpi_bytes_received


class Connection(psycopg.Connection[Row]):
    """Held to an answer's size while it comes in, since libpq gives out a row only when it holds all of it."""

    body = 0

    def hold_to(self, body: int) -> None:
        """Let an answer of at most so many bytes in, and little more at a time: libpq reads on while there is any."""
        self.body = body
        with below(self) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, AT_ONCE)

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        return super().wait(self.metered(gen) if self.body else gen, *args, **options)

    def metered(self, gen: PQGen[T]) -> Generator[Any, Any, T]:
        """Raises SourceError TOO_MANY_ROWS."""
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if received(self) > self.body * AHEAD:
                    hang_up(self)
                    raise too_large(self.body)
                wanted = gen.send(ready)
        except StopIteration as end:
            value: T = end.value
            return value


@dataclass
class Line:
    """What a watcher may end before there is a connection too."""

    connection: Connection | None = None
    is_stopped: bool = False

    def stop(self) -> None:
        self.is_stopped = True
        if self.connection:
            cancel(self.connection)

    def cut(self) -> None:
        if self.connection:
            hang_up(self.connection)

    def close(self) -> None:
        if self.connection:
            self.connection.close()


def cancel(connection: Connection) -> None:
    with suppress(psycopg.Error):
        connection.cancel_safe(timeout=2)


def hang_up(connection: Connection) -> None:
    """End the line below libpq, so that a thread that waits on it wakes up."""
    with suppress(OSError, psycopg.Error), below(connection) as line:
        line.shutdown(socket.SHUT_RDWR)


def received(connection: Connection) -> int:
    """How many bytes have come in, where the system tells."""
    if not hasattr(socket, "TCP_INFO"):
        return 0
    with below(connection) as line:
        told = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, RECEIVED + 8)
    return int(struct.unpack_from("Q", told, RECEIVED)[0]) if len(told) == RECEIVED + 8 else 0


@contextmanager
def below(connection: Connection) -> Iterator[socket.socket]:
    with socket.socket(fileno=dup(connection.fileno())) as line:
        yield line


def too_large(body: int) -> SourceError:
    sentence = _("The answer is larger than %(size)d kB. Select only the columns that metrics read.")
    return SourceError(Code.TOO_MANY_ROWS, sentence % {"size": body // 1000})
