"""Columns of many rows as PostgreSQL array literals: psycopg adapts value by value, which took a third of a write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def array(values: Iterable[float | datetime | str | None]) -> str:
    """Numbers and times, or how they are spelled; to be sent with a cast, such as `%s::float8[]`."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def texts(values: Iterable[str | None]) -> str:
    """The same for text and JSON, whose signs would be read as the array's own."""
    column = list(values)
    spelled = {value: "NULL" if value is None else quoted(value) for value in set(column)}
    return "{" + ",".join([spelled[value] for value in column]) + "}"


def quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
