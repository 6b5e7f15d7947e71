"""Processes that outlived the one who started them."""

import signal
from collections.abc import Iterable
from pathlib import Path

import psutil

ENGINES = frozenset({"postgres", "valkey-server"})
PATIENCE = 3.0


def end_engines_in(folder: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """End every engine that works in this folder or below. A person's shell in there is left alone."""
    end((process for process in psutil.process_iter() if is_engine_in(process, folder)), how)


def end(processes: Iterable[psutil.Process], how: signal.Signals = signal.SIGTERM, patience: float = PATIENCE) -> None:
    """Ask each process to stop, and kill those that did not within `patience` seconds."""
    asked = [process for process in processes if _told(process, how)]
    _, stubborn = psutil.wait_procs(asked, timeout=patience)
    killed = [process for process in stubborn if _told(process, signal.SIGKILL)]
    psutil.wait_procs(killed, timeout=patience)


def is_engine_in(process: psutil.Process, folder: Path) -> bool:
    try:
        works_in = Path(process.cwd())
        return process.name() in ENGINES and (works_in == folder or folder in works_in.parents)
    except (psutil.Error, OSError):
        return False


def _told(process: psutil.Process, what: signal.Signals) -> bool:
    try:
        process.send_signal(what)
    except psutil.NoSuchProcess:
        return False
    return True
