"""People who move cards at a steady rate, however late the answers are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from benchmarks.board.room import Room, headers

HANDS = 6


class Hands:
    """`begun` holds, by operation, when an action was due; `answers` what the server said to each."""

    def __init__(self, port: int, room: Room) -> None:
        self.begun: dict[str, float] = {}
        self.answers: list[tuple[int, float]] = []
        self._port = port
        self._room = room
        self._local = threading.local()

    def work(self, *, rate: float, seconds: float) -> None:
        moves = self._room.moves()
        start = time.time()
        with ThreadPoolExecutor(HANDS) as pool:
            for number in range(int(rate * seconds)):
                due = start + number / rate
                time.sleep(max(due - time.time(), 0))
                pool.submit(self._send, due, moves)

    def _send(self, due: float, moves: Iterator[tuple[int, str]]) -> None:
        with self._room.lock:
            card, form = next(moves)
        self.begun[form.rpartition("=")[2]] = due
        connection = self._connection()
        connection.request("POST", f"{self._room.path}cards/move/", body=form, headers=self._local.headers)
        answer = connection.getresponse()
        answer.read()
        self.answers.append((answer.status, time.time() - due))
        # Nobody takes what is still on its way to somewhere: two such moves may overtake each other.
        self._room.flying.discard(card)

    def _connection(self) -> HTTPConnection:
        if not hasattr(self._local, "connection"):
            self._local.connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
            with self._room.lock:
                self._local.headers = headers(next(self._room.movers))
        return self._local.connection  # type: ignore[no-any-return]
