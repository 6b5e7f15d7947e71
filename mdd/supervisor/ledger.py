"""Which processes were started, by pid and start time: what a killed supervisor leaves can be found and ended."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from mdd.engines import instance, leftovers

SUPERVISOR = "supervisor"
SAME_START_SECONDS = 1.0


@dataclass(frozen=True)
class Entry:
    """A process that leads a session of its own; `started` in seconds since 1970."""

    name: str
    pid: int
    started: float


class Ledger:
    """The file of entries in the folder of an instance."""

    def __init__(self, data: Path) -> None:
        self._path = data / "processes.json"

    def entries(self) -> list[Entry]:
        try:
            return [Entry(**entry) for entry in json.loads(self._path.read_text())]
        except (FileNotFoundError, ValueError, TypeError):
            return []

    def note(self, name: str, pid: int) -> None:
        try:
            entry = Entry(name, pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return
        self._write([*self._others(name), entry])

    def forget(self, name: str) -> None:
        self._write(self._others(name))

    def end_leftovers(self) -> None:
        """End every process of an earlier start, and all that it started."""
        leftovers.end(process for entry in self.entries() for process in members(entry))
        self._write([])

    def _others(self, name: str) -> list[Entry]:
        return [entry for entry in self.entries() if entry.name != name]

    def _write(self, entries: list[Entry]) -> None:
        draft = self._path.with_suffix(".part")
        instance.write_private(draft, json.dumps([asdict(entry) for entry in entries]))
        draft.replace(self._path)


def members(entry: Entry) -> list[psutil.Process]:
    """Return the processes of its session that live, none if its pid belongs to somebody else by now."""
    if entry.pid == os.getpid() or not _is_free_or_same(entry):
        return []
    return [process for process in psutil.process_iter() if _session(process) == entry.pid]


def is_running(entry: Entry) -> bool:
    try:
        return abs(psutil.Process(entry.pid).create_time() - entry.started) < SAME_START_SECONDS
    except psutil.NoSuchProcess:
        return False


def _is_free_or_same(entry: Entry) -> bool:
    """A session outlives its leader, and its number is not given to a new process while it does."""
    return not psutil.pid_exists(entry.pid) or is_running(entry)


def _session(process: psutil.Process) -> int | None:
    try:
        return os.getsid(process.pid)
    except OSError:
        return None
