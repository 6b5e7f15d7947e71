"""A private folder for one run of the tests: its own keys, passwords, ports and data, gone at the end."""

import fcntl
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mdd.engines import home, instance, leftovers


@contextmanager
def folder(data: Path) -> Iterator[Path]:
    """Make the folder under `data`, after sweeping away those whose command was killed."""
    trials = instance.private(instance.private(data) / "trials")
    for abandoned in trials.iterdir():
        _sweep(abandoned)
    trial = Path(tempfile.mkdtemp(dir=trials))
    with (trial / "trial.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield trial
        finally:
            _remove(trial)


def _sweep(trial: Path) -> None:
    """Remove the folder unless somebody still holds its lock."""
    try:
        with (trial / "trial.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(trial)
    except OSError:
        return


def _remove(trial: Path) -> None:
    for place in (trial / "engines", home.shared_folder(trial)):
        leftovers.end_engines_in(place, signal.SIGKILL)
        shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(trial, ignore_errors=True)
