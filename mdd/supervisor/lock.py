"""One supervisor an instance."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mdd.engines import Trouble, instance


@contextmanager
def held(data: Path, *, address: str) -> Iterator[None]:
    """Hold the instance for ourselves. The kernel gives the lock back however we end.

    Raises Trouble when another supervisor holds it.
    """
    with _opened(instance.private(data) / "lock") as lock:
        if not _locked(lock):
            raise Trouble(
                f"MDD already runs in {data} on {lock.read().strip()}: "
                "stop it with `make stop`, or give this one a MDD_DATA and a PORT of its own."
            )
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def is_held(data: Path) -> bool:
    """Tell whether a supervisor runs there."""
    try:
        with (data / "lock").open() as lock:
            return not _locked(lock)
    except FileNotFoundError:
        return False


def _opened(path: Path) -> IO[str]:
    try:
        path.touch(mode=0o600)
        return path.open("r+")
    except OSError as error:
        raise Trouble(
            f"Cannot write {path} ({error.strerror}): set MDD_DATA to a folder that you may write."
        ) from error


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
