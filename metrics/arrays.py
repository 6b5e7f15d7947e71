"""Columns of many rows as PostgreSQL array literals: psycopg adapts value by value, which took a third of a write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def array(values: Iterable[float | str | datetime | None]) -> str:
    """To be sent with a cast, such as `%s::float8[]`."""
    return "{" + ",".join(map(element, values)) + "}"


def element(value: float | str | datetime | None) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if value is None else str(value)
