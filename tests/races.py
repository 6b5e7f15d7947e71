"""Two transactions at once, on two real connections. Needs `django_db(transaction=True)`."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections, transaction

T = TypeVar("T")

WAITING = "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"


def race(first: Callable[[], object], second: Callable[[], T]) -> Future[T]:
    """Do `first`, start `second` before `first` commits, and commit once `second` waits for it or is done."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            running = pool.submit(alone, second)
            until(lambda: running.done() or is_somebody_waiting_for_us())
        running.exception(timeout=20)
    return running


def alone(work: Callable[[], T]) -> T:
    try:
        with transaction.atomic():
            return work()
    finally:
        connections.close_all()


def is_somebody_waiting_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It never happened."
        time.sleep(0.01)
