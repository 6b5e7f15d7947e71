"""An address as a QR code, drawn by a template: no image, no inline style."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True)
class Drawing:
    """The side of the square in modules, its quiet zone included, and the path of the dark ones."""

    side: int
    path: str


def of(address: str) -> Drawing:
    rows = list(segno.make(address, error="m", micro=False).matrix)
    dark = [(x, y) for y, row in enumerate(rows, QUIET) for x, module in enumerate(row, QUIET) if module]
    return Drawing(len(rows) + 2 * QUIET, "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
