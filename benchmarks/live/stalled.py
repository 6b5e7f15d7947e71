"""Somebody whose page takes nothing: a phone in a pocket, a laptop that is shut."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.live.room import Room

SMALL = 4096  # bytes that its system keeps for it
SEGMENT = 536  # bytes of a packet: with those of a loopback the server's system would keep megabytes for it
FLOOD = 100  # long steps, together more than systems keep for a reader
WHOLE = b'"snapshot":true'


@contextmanager
def listener(port: int, room: Room) -> Iterator[None]:
    """One of those who listen does so without reading, until nothing fits into its socket.

    Nothing is drawn for it alone: its audience is that of the others. Raises SystemExit where it was never late.
    """
    path, serial = room.place
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        held.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        held.settimeout(2)
        held.connect(("127.0.0.1", port))
        head = f"GET {path}.{serial} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {room.listeners[0]}\r\n"
        held.sendall(f"{head}Accept: text/event-stream\r\n\r\n".encode())
        room.crowd(FLOOD)
        yield
        if WHOLE not in read(held):
            raise SystemExit("The stalled listener was never late, so it shows nothing.")


def read(held: socket.socket) -> bytes:
    taken = b""
    try:
        while WHOLE not in taken and (chunk := held.recv(65536)):
            taken += chunk
    except TimeoutError:
        pass
    return taken
