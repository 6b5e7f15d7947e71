"""Runs of livebench, and which of them count."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from benchmarks.live.systems import Served
from benchmarks.live.world import World

Row = dict[str, Any]
BUSY = 0.9  # share of a core from which on the generator is what is measured


def run(world: World, served: Served, *options: str) -> Row:
    """One run. Raises SystemExit where something did not arrive."""
    watched = ",".join(f"{name}={pid}" for name, pid in served.pids.items())
    argv = [str(world.generator), "-P", str(served.port), "-a", watched, *served.arguments(), *options]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise SystemExit(f"The generator said: {done.stderr}")
    row: Row = json.loads(done.stdout)
    if row["missing"] or row["ack_err"]:
        raise SystemExit(f"Not all arrived, so nothing is measured: {row}\n{done.stderr}")
    return row


def marks(row: Row) -> Sequence[str]:
    """What has to stand beside a figure."""
    joined = row.get("steps") and row["steps"] < 0.98 * row["received"]
    return [*(["joined"] if joined else []), *(["lower bound"] if row.get("client_cpu", 0) > BUSY else [])]
