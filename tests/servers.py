"""A second PostgreSQL server, as a squad's source would be, with roles that may do more or less."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from mdd.engines import foreground, instance, trials
from mdd.engines.postgres import Postgres

TABLES = """
    CREATE TABLE calls (at timestamptz NOT NULL, minutes float8, agent text);
    INSERT INTO calls
    SELECT timestamptz '2026-03-01 00:00+00' + n * interval '15 minutes', n % 7, 'agent ' || n % 3
    FROM generate_series(0, 999) AS n;
    CREATE TABLE salaries (amount numeric);
    GRANT SELECT ON calls TO reader, writer;
    GRANT INSERT, UPDATE, DELETE ON calls TO writer;
"""


@dataclass(frozen=True)
class Server:
    """`reader` may read the table of calls, `writer` may also change it; nobody may read the salaries."""

    postgres: Postgres
    password: str = field(repr=False)

    @property
    def port(self) -> int:
        return self.postgres.port

    def config(self, **changes: Any) -> dict[str, Any]:
        """What an operator types into the form of a PostgreSQL source."""
        typed = {"host": "127.0.0.1", "port": self.port, "dbname": "shop", "user": "reader", "sslmode": "disable"}
        return typed | {"password": self.password} | changes

    def superuser(self, dbname: str = "shop") -> psycopg.Connection[Any]:
        return self.postgres.connect(dbname)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start the server with its data under `folder`, and stop it at the end."""
    with trials.folder(folder) as data:
        password = secrets.token_urlsafe(16)
        postgres = Postgres(
            name="source",
            data=data,
            port=instance.free_port(),
            superuser_password=secrets.token_urlsafe(16),
            settle_roles=lambda connection: settle(connection, password),
            is_durable=False,
        )
        server = Server(postgres, password)
        with foreground.running([postgres], log=data / "source.log"):
            with server.superuser() as connection:
                connection.execute(TABLES)
            yield server


def settle(connection: psycopg.Connection[Any], password: str) -> None:
    for role in ("reader", "writer"):
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
    connection.execute("CREATE DATABASE shop")
