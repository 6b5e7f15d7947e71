"""Many who follow the board by protocol alone: when each serial has come to each of them."""

from __future__ import annotations

import re
import selectors
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Sequence

STEP = re.compile(rb'event: step\ndata: \{"since":\d+,"to":(\d+)')


class Listeners:
    """One thread reads all streams. `came` holds, by serial, when it came to each."""

    def __init__(self, port: int, path: str, sessions: Sequence[str]) -> None:
        self.came: dict[int, list[float]] = defaultdict(list)
        self._picker = selectors.DefaultSelector()
        self._stops = threading.Event()
        for session in sessions:
            self._open(port, path, session)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _open(self, port: int, path: str, session: str) -> None:
        stream = socket.create_connection(("127.0.0.1", port))
        lines = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/event-stream", f"Cookie: session={session}")
        stream.sendall("\r\n".join((*lines, "", "")).encode())
        self._picker.register(stream, selectors.EVENT_READ, bytearray())

    def _read(self) -> None:
        while not self._stops.is_set():
            for key, _ in self._picker.select(timeout=0.2):
                key.data.extend(key.fileobj.recv(1 << 18))  # type: ignore[union-attr]
                self._take(key.data)

    def _take(self, held: bytearray) -> None:
        now = time.time()
        while (end := held.find(b"\n\n")) >= 0:
            event = bytes(held[:end])
            del held[: end + 2]
            if found := STEP.search(event):
                self.came[int(found[1])].append(now)

    def close(self) -> None:
        self._stops.set()
        self._reader.join()
        for key in list(self._picker.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
