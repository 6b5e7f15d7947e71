"""The rounds: every system in turn, another one first each time."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from benchmarks.live import generator, servers, stalled, storm, table
from benchmarks.live.generator import Row
from benchmarks.live.room import Room
from benchmarks.live.systems import SYSTEMS, Served
from benchmarks.live.table import Rows
from benchmarks.live.world import World

WARM = ["-n", "20", "-s", "1", "-M", "20"]
CASES = {
    "cost": ["-n", "1000", "-s", "1", "-M", "60"],
    "steady-200": ["-n", "200", "-r", "20", "-M", "100"],
    "steady-1000": ["-n", "1000", "-r", "10", "-M", "50"],
}


OURS = {"writes": ["-n", "20", "-s", "20", "-k", "20", "-M", "400"]}
LAPTOP, LONG = "app", {"steady-1000"}  # what says least is left out: rounds have to be short to be alike
STALLED = "app split"  # who is also shown a listener that reads nothing, and a storm


def rounds(world: World, *, count: int, only: set[str]) -> None:
    os.sched_setaffinity(0, {servers.CLIENT_CORE})
    rows: Rows = defaultdict(list)
    for number in range(count):
        names = list(SYSTEMS)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            with SYSTEMS[name](world) as served:
                Turn(world, name, served, rows, only).take()
        print(f"round {number + 1} of {count}, load {os.getloadavg()[0]:.1f}", flush=True)
        table.show(rows)


@dataclass(frozen=True)
class Turn:
    """All cases of one system in one round."""

    world: World
    name: str
    served: Served
    rows: Rows
    only: set[str]

    def take(self) -> None:
        generator.run(self.world, self.served, *WARM)
        for case, options in CASES.items():
            if self.name != LAPTOP or case not in LONG:
                self.measure(case, options)
        if self.served.room:
            self.write(self.served.room)

    def measure(self, case: str, options: Sequence[str]) -> None:
        if not self.only or case in self.only:
            self.keep(case, generator.run(self.world, self.served, *options))

    def keep(self, case: str, row: Row) -> None:
        self.rows[case, self.name].append(row)
        print(case, self.name, row, file=sys.stderr, flush=True)

    def write(self, room: Room) -> None:
        """What only those who keep what is written can be asked."""
        with stalled.listener(self.served.port, room) if self.wants("stalled") else nullcontext():
            for case, options in OURS.items():
                self.measure(case, options)
            if self.wants("stalled"):
                self.measure("stalled", CASES["steady-200"])
        if self.wants("stalled"):
            self.keep("unstalled", generator.run(self.world, self.served, *CASES["steady-200"]))
        if self.wants("storm") and not self.rows["storm", self.name]:
            self.keep("storm", storm.run(self.served, room))
        if flaws := room.flaws():
            raise SystemExit(f"The log of {self.name} is wrong: {flaws}")

    def wants(self, case: str) -> bool:
        return self.name == STALLED and (not self.only or case in self.only)
