"""Signs of life: real questions, each answered within a few seconds."""

import http.client
import math
import time
from collections.abc import Callable

import psycopg

from mdd.engines import environment
from mdd.engines.engine import Engine

SECONDS = 3.0


def engine_works(engine: Engine) -> bool:
    """Tell whether the engine answers and has its roles, which are made here."""
    try:
        if engine.is_ready():
            engine.settle()
            return True
    except psycopg.OperationalError:
        pass
    return False


def web_answers(host: str, port: int) -> bool:
    """Tell whether web says anything at all. What it says is for others to judge."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


class Patient:
    """A check that may fail for some time before it counts: a busy process is not a dead one."""

    def __init__(self, check: Callable[[], bool], *, seconds: float) -> None:
        self._check = check
        self._seconds = seconds
        self._good = 0.0

    def __call__(self, up_for: float) -> bool:
        now = time.monotonic()
        if self._check():
            self._good = now
        return min(now - self._good, up_for) < self._seconds


class Heart:
    """Has the process of this name written its heartbeat lately? A database that does not answer tells nothing."""

    def __init__(self, name: str, *, seconds: float) -> None:
        self._name = name
        self._seconds = seconds

    def __call__(self, up_for: float) -> bool:
        if up_for < self._seconds:
            return True
        try:
            return self._age() < self._seconds
        except psycopg.Error:
            return True

    def _age(self) -> float:
        """Return the seconds since the last heartbeat."""
        with psycopg.connect(environment().database_url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT extract(epoch FROM now() - at)::float FROM mdd_heartbeat WHERE name = %s", [self._name]
            ).fetchone()
        return float(row[0]) if row else math.inf
