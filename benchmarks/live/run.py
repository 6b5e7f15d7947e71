"""The rounds: every system in turn, another one first each time."""

from __future__ import annotations

import os
import sys
from collections import defaultdict

from benchmarks.live import generator, table
from benchmarks.live.systems import SYSTEMS
from benchmarks.live.table import Rows
from benchmarks.live.world import World

WARM = ["-n", "20", "-s", "1", "-M", "20"]
CASES = {
    "cost": ["-n", "1000", "-s", "1", "-M", "60"],
    "steady-200": ["-n", "200", "-r", "20", "-M", "100"],
    "steady-1000": ["-n", "1000", "-r", "10", "-M", "50"],
}


def rounds(world: World, *, count: int, only: set[str]) -> None:
    rows: Rows = defaultdict(list)
    for number in range(count):
        names = list(SYSTEMS)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            take_turn(world, name, rows, only)
        print(f"round {number + 1} of {count}, load {os.getloadavg()[0]:.1f}", flush=True)
    table.show(rows)


def take_turn(world: World, name: str, rows: Rows, only: set[str]) -> None:
    with SYSTEMS[name](world) as served:
        generator.run(world, served, *WARM)
        for case, options in CASES.items():
            if not only or case in only:
                rows[case, name].append(generator.run(world, served, *options))
                print(case, name, rows[case, name][-1], file=sys.stderr)
        if served.room and (flaws := served.room.flaws()):
            raise SystemExit(f"The log of {name} is wrong: {flaws}")
