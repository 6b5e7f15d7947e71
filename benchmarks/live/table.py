"""The figures: median [min-max] of each system, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.live.generator import Row, marks
from benchmarks.live.systems import FLOOR

Rows = dict[tuple[str, str], list[Row]]
COLUMNS = {
    "cost": ("cpu_fan", "cpu_all", "rss_kb_conn_fan", "lat_p50", "last_p95", "bytes_per_delivery"),
    "steady-200": ("lat_p50", "lat_p95", "last_p95", "cpu_fan", "ack_p50"),
    "stalled": ("lat_p50", "lat_p95", "last_p95", "cpu_fan", "ack_p50"),
    "unstalled": ("lat_p50", "lat_p95", "last_p95", "cpu_fan", "ack_p50"),
    "steady-1000": ("lat_p50", "lat_p95", "last_p95", "cpu_fan", "ack_p50"),
    "writes": ("notes_s", "ack_p50", "ack_p99", "cpu_all"),
    "storm": ("lacking", "holes", "fetched whole", "dropped", "listeners"),
}


def show(rows: Rows) -> None:
    for case, columns in COLUMNS.items():
        names = [name for kind, name in rows if kind == case]
        if not names:
            continue
        print(f"\n{case}\n| system | k | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 2)}")
        for name in names:
            print(line(name, rows[case, name], columns, is_cheap=case == "cost" and is_cheap(rows, name)), flush=True)


def line(name: str, runs: Sequence[Row], columns: Sequence[str], *, is_cheap: bool) -> str:
    said = sorted({mark for row in runs for mark in marks(row)})
    if is_cheap and "joined" not in said:
        said.append("REFUSED: cheaper than the floor")
    figures = " | ".join(spread([row[column] for row in runs]) for column in columns)
    beside = f" ({', '.join(said)})" if said else ""
    return f"| {name}{beside} | {len(runs)} | {figures} |"


def is_cheap(rows: Rows, name: str) -> bool:
    """Whether it claims less than what does nothing but send."""
    floor = rows.get(("cost", FLOOR), [])
    return bool(floor) and middle(rows["cost", name], "cpu_fan") < middle(floor, "cpu_fan") and name != FLOOR


def middle(runs: Sequence[Row], column: str) -> float:
    return float(median(row[column] for row in runs))


def spread(values: Sequence[float]) -> str:
    return f"{median(values):.3g} [{min(values):.3g}-{max(values):.3g}]"
