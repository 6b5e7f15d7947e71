"""The floor of Python: an event stream on uvloop without a framework. No sign-in, no database, nothing is kept.

python bare.py PORT BYTES
"""

import asyncio
import sys
from typing import cast

import uvloop

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"

listeners: set[asyncio.Transport] = set()


class Connection(asyncio.Protocol):
    """A GET listens from then on; what is posted is passed on. One request a read is enough for the generator."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET "):
            self.transport.write(HEAD)
            listeners.add(self.transport)
            return
        chunk = framed(data.partition(b"\r\n\r\n")[2])
        for each in listeners:
            each.write(chunk)
        self.transport.write(DONE)

    def connection_lost(self, error: Exception | None) -> None:
        listeners.discard(self.transport)


def framed(said: bytes) -> bytes:
    event = b"event: note\ndata: " + said.ljust(BYTES - 20, b"-") + b"\n\n"
    return b"%x\r\n%b\r\n" % (len(event), event)


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    PORT, BYTES = map(int, sys.argv[1:])
    uvloop.run(main(PORT))
