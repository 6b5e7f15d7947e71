"""Who is measured: how each is started, listened to and written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.live import room, servers
from benchmarks.live.room import Room
from benchmarks.live.world import World

FLOOR = "bare uvloop"
PEOPLE = 50  # each with twenty tabs, as many as one may have
SIZE = 430  # bytes that a listener of ours gets for each answer; peers send as many


@dataclass(frozen=True)
class Served:
    """A system that runs. `arguments` make the generator listen and write; they are fresh for each of its runs."""

    port: int
    pids: dict[str, int]
    arguments: Callable[[], Sequence[str]]
    room: Room | None = None
    write_port: int = 0


def of_ours(world: World, room_: Room, listening: servers.Server, writing: servers.Server) -> Served:
    def arguments() -> Sequence[str]:
        cookies = str(room_.cookies_in(world.folder))
        path, serial = room_.place
        listen = ["-u", f"{path}.{serial}", "-f", cookies, "-W", "event: hello", "-S", str(serial)]
        headers = [part for name, value in room_.headers.items() for part in ("-y", f"{name}: {value}")]
        return [*listen, *headers, "-Q", str(writing.port), "-U", room_.write_path, "-B", room_.body()]

    pids = {"fan": listening.pid} | ({"writer": writing.pid} if writing != listening else {})
    return Served(listening.port, pids, arguments, room_, writing.port)


@contextmanager
def app(world: World) -> Iterator[Served]:
    """One process streams and writes, as on a laptop."""
    with servers.app(world.data) as server:
        yield of_ours(world, room.made(PEOPLE), server, server)


@contextmanager
def split(world: World) -> Iterator[Served]:
    """One process streams, another one takes what is written; both on the same core."""
    with servers.app(world.data) as listening, servers.app(world.data) as writing:
        yield of_ours(world, room.made(PEOPLE), listening, writing)


@contextmanager
def ws(world: World) -> Iterator[Served]:
    with servers.peer("ws.js", world.folder, size=SIZE) as server:
        yield Served(server.port, {"fan": server.pid}, lambda: ["-m", "ws", "-p", "ws", "-B", "hello %M"])


@contextmanager
def socket_io(world: World) -> Iterator[Served]:
    path = "/socket.io/?EIO=4&transport=websocket"
    talk = ["-m", "ws", "-u", path, "-i", "40", "-W", "40{", "-p", "ws", "-B", '42["note","hello %M"]']
    with servers.peer("socketio.js", world.folder, size=SIZE) as server:
        yield Served(server.port, {"fan": server.pid}, lambda: talk)


@contextmanager
def bare(world: World) -> Iterator[Served]:
    with servers.peer("bare.py", world.folder, size=SIZE) as server:
        yield Served(server.port, {"fan": server.pid}, lambda: ["-B", "hello %M"])


SYSTEMS = {"app": app, "app split": split, "ws": ws, "socket.io": socket_io, FLOOR: bare}
