"""Stop an instance from another terminal, and remove what it made."""

import os
import shutil
import signal
import time
from pathlib import Path

from mdd.engines import Trouble, home, leftovers
from mdd.supervisor import ledger, lock

STOP_SECONDS = 15.0
MADE = ("engines", "log", "tmp", "trials", "browser", "static", "mail")


def stop(data: Path) -> str:
    """Stop the supervisor, or what a killed one left. Returns what was found, in one sentence."""
    found = "MDD was not running."
    if lock.is_held(data):
        _tell_supervisor(data)
        found = "MDD has stopped; its data stays."
    if data.exists():
        ledger.Ledger(data).end_leftovers()
    for folder in _homes(data):
        leftovers.end_engines_in(folder, signal.SIGQUIT)
    return found


def clean(data: Path) -> str:
    """Stop, and remove the data. What else lies in the folder is not ours and stays."""
    stop(data)
    for folder in (*(data / name for name in MADE), *_homes(data)):
        shutil.rmtree(folder, ignore_errors=True)
    for file in ("instance.json", "processes.json", "lock", "demo-user"):
        (data / file).unlink(missing_ok=True)
    if data.exists() and not any(data.iterdir()):
        data.rmdir()
    return f"The data in {data} is gone."


def _homes(data: Path) -> list[Path]:
    return [folder for folder in (data / "engines", home.shared_folder(data)) if folder.exists()]


def _tell_supervisor(data: Path) -> None:
    """Ask the holder of the lock to stop, and wait until it has let go."""
    for entry in ledger.Ledger(data).entries():
        if entry.name == ledger.SUPERVISOR and ledger.is_running(entry):
            os.kill(entry.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while lock.is_held(data):
        if time.monotonic() > deadline:
            raise Trouble(f"MDD in {data} did not stop within {STOP_SECONDS:.0f} s: end its supervisor by hand.")
        time.sleep(0.1)
