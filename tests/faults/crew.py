"""Processes that a fault test starts, kills and starts again, as a supervisor would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from mdd.engines import home, plan
from tests.processes import CHECKOUT


class Crew:
    """Named processes, each the head of a group, so that a kill takes its children too."""

    def __init__(self, environ: Mapping[str, str], log: Path) -> None:
        self.environ = dict(environ)
        self.log = log
        self.commands: dict[str, Sequence[str]] = {}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *argv: str) -> None:
        """Start Python with these arguments, or what ran under this name before."""
        self.commands[name] = argv or self.commands[name]
        with self.log.open("ab") as output:
            self.running[name] = subprocess.Popen(
                [sys.executable, *self.commands[name]],
                cwd=CHECKOUT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """End the process and its children at once; nothing can be tidied up."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def kill_and_restart(self, name: str) -> None:
        self.kill(name)
        self.start(name)

    def restart_the_fallen(self) -> int:
        """Start again what ended by itself; says how many that were."""
        fallen = [name for name, process in self.running.items() if process.poll() is not None]
        for name in fallen:
            self.start(name)
        return len(fallen)

    def stop(self) -> None:
        for name in self.running:
            with_its_children = self.running[name]
            if with_its_children.poll() is None:
                self.kill(name)


@contextmanager
def crew(environ: Mapping[str, str], log: Path) -> Iterator[Crew]:
    """A crew that is gone at the end."""
    members = Crew(environ, log)
    try:
        yield members
    finally:
        members.stop()


class Broker:
    """The instance's Valkey, which can be killed and lose all that it knew."""

    def __init__(self, data: Path, log: Path) -> None:
        self.data, self.log = data, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = plan.app_valkey(self.data).command()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command.argv,
                env=command.environ,
                cwd=command.folder,
                user=command.user,
                group=command.user,
                extra_groups=[] if command.user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def wipe(self) -> None:
        """Kill it and start it with nothing on disk."""
        self.stop()
        shutil.rmtree(home.of(self.data).room("valkey"))
        self.start()

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def broker(data: Path, log: Path) -> Iterator[Broker]:
    """A broker that is gone at the end."""
    running = Broker(data, log)
    running.start()
    try:
        yield running
    finally:
        running.stop()
