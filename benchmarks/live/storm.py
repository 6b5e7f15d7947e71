"""The reconnect storm: a tenth of all who listen are cut off while somebody writes, and come back where they were."""

from __future__ import annotations

import asyncio
import http.client
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from benchmarks.live.room import Room
from benchmarks.live.systems import Served

LISTENERS, DROPPED, NOTES, PAUSE = 1000, 100, 100, 0.05
AT_ONCE = 32  # handshakes
STEP = re.compile(rb'"since":(\d+),"to":(\d+)(.*)')


@dataclass
class Page(asyncio.Protocol):
    """What a page does with its cursor, as static/js/live-topic.js. `holes` are what it never heard of."""

    cookie: str
    path: str
    cursor: int
    holes: int = 0
    whole: int = 0
    buffer: bytes = b""
    transport: Any = None
    is_in: asyncio.Event = field(default_factory=asyncio.Event)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = transport, b""
        head = f"GET {self.path}.{self.cursor} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
        self.transport.write(f"{head}Accept: text/event-stream\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        *events, self.buffer = (self.buffer + data).split(b"\n\n")
        for event in events:
            if b"event: hello" in event:
                self.is_in.set()
            elif b"event: step" in event and (step := STEP.search(event)):
                self.take(int(step[1]), int(step[2]), is_whole=b'"snapshot":true' in step[3])

    def take(self, since: int, to: int, *, is_whole: bool) -> None:
        if is_whole:
            self.whole += 1
        elif since > self.cursor:
            self.holes += since - self.cursor
        self.cursor = max(self.cursor, to)

    async def come(self, port: int, doors: asyncio.Semaphore) -> None:
        self.is_in.clear()
        async with doors:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
            await self.is_in.wait()


def run(served: Served, room: Room) -> dict[str, int]:
    """Count the pages that lack something at the end, and what they did to get it."""
    path, serial = room.place
    return asyncio.run(storm(served, room, path, serial))


async def storm(served: Served, room: Room, path: str, serial: int) -> dict[str, int]:
    pages = [Page(cookie, path, serial) for cookie in islice(cycle(room.listeners), LISTENERS)]
    doors = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(page.come(served.port, doors) for page in pages))
    writing = asyncio.create_task(asyncio.to_thread(write, served.write_port, room))
    await asyncio.gather(*(drop(page, served.port, doors) for page in random.sample(pages, DROPPED)))
    await writing
    lacking = await settled(pages, serial + NOTES)
    for page in pages:
        page.transport.abort()
    holes, whole = sum(page.holes for page in pages), sum(page.whole for page in pages)
    if lacking or holes:
        raise SystemExit(f"After the storm {lacking} pages lack something; {holes} serials were never told.")
    return {"lacking": lacking, "holes": holes, "fetched whole": whole, "dropped": DROPPED, "listeners": LISTENERS}


async def drop(page: Page, port: int, doors: asyncio.Semaphore) -> None:
    await asyncio.sleep(random.uniform(0.2, NOTES * PAUSE * 0.8))
    page.transport.abort()
    await asyncio.sleep(random.uniform(0.05, 0.5))
    await page.come(port, doors)


async def settled(pages: Sequence[Page], serial: int) -> int:
    """How many pages are not at this serial, after time enough."""
    until = time.monotonic() + 20
    lacking = len(pages)
    while lacking and time.monotonic() < until:
        await asyncio.sleep(0.1)
        lacking = sum(page.cursor != serial for page in pages)
    return lacking


def write(port: int, room: Room) -> None:
    body = room.body()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = room.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    for number in range(NOTES):
        connection.request("POST", room.write_path, body.replace("%U", f"{number:08}"), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 300:
            raise SystemExit(f"A note was answered {answer.status}.")
        time.sleep(PAUSE)
    connection.close()
