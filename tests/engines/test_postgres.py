"""What the embedded PostgreSQL lets in, and what its roles may do."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mdd.engines import Trouble, environment, flights, foreground, instance, plan, trials
from mdd.engines.postgres import Postgres

pytestmark = pytest.mark.long


@pytest.fixture
def reader(data: Path) -> str:
    server = flights(data)
    return psycopg.conninfo.make_conninfo(
        host=server.host,
        port=server.port,
        dbname=server.dbname,
        user=server.reader,
        password=server.reader_password,
    )


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an instance that is no trial; its server does not run yet."""
    with trials.folder(tmp_path_factory.mktemp("lasting")) as folder:
        yield folder


def test_a_wrong_password_is_refused(data: Path) -> None:
    address = environment({"MDD_DATA": str(data)}).database_url.split("@")[1]

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://mdd:wrong@{address}")


def test_the_superuser_needs_a_password_too(data: Path) -> None:
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host="127.0.0.1", port=instance.of(data).postgres_port, user="postgres")


def test_passwords_are_kept_as_scram_and_the_server_listens_on_loopback_only(data: Path) -> None:
    with plan.app_postgres(data).connect() as connection:
        rules = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        listens = connection.execute("SHOW listen_addresses").fetchone()
        sockets = connection.execute("SHOW unix_socket_directories").fetchone()

    assert (rules, listens, sockets) == ([("scram-sha-256",)], ("127.0.0.1",), ("",))


def test_a_connection_does_not_pay_for_passwords_that_nobody_could_guess_anyway(data: Path) -> None:
    with plan.app_postgres(data).connect() as connection:
        kept = connection.execute(
            "SELECT DISTINCT split_part(rolpassword, ':', 1) FROM pg_authid WHERE rolcanlogin"
        ).fetchall()

    assert kept == [("SCRAM-SHA-256$1",)]


def test_the_app_owns_its_database_and_is_no_superuser(data: Path) -> None:
    with psycopg.connect(environment({"MDD_DATA": str(data)}).database_url) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        connection.execute("CREATE TABLE made_by_the_app (id int)")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("COPY (SELECT 1) TO PROGRAM 'true'")

    assert role == (False, False, False, False)


def test_only_a_trial_may_make_databases_and_forget(data: Path, lasting: Path) -> None:
    server = plan.app_postgres(lasting)
    with foreground.running([server], log=lasting / "log"):
        assert rights(server) == (False, "on")

    assert rights(plan.app_postgres(data)) == (True, "off")


def test_the_reader_of_flights_reads_what_it_was_granted(data: Path, reader: str) -> None:
    with psycopg.connect(flights(data).owner_dsn) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS planes AS SELECT 1 AS id")
        owner.execute("GRANT SELECT ON planes TO flights_reader")

    with psycopg.connect(reader) as connection:
        assert connection.execute("SELECT id FROM planes").fetchone() == (1,)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (id int)", "CREATE TEMP TABLE mine (id int)", "CREATE SCHEMA mine"]
)
def test_the_reader_of_flights_cannot_write_even_when_it_asks_for_a_writing_session(
    reader: str, statement: str
) -> None:
    with psycopg.connect(reader, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute(statement)

        connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_reader_of_flights_has_a_limit_in_number_and_time(data: Path, reader: str) -> None:
    with psycopg.connect(reader) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("1min",)
        limit = connection.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user").fetchone()

    assert limit == (8,)


def test_the_reader_of_flights_does_not_know_the_app(data: Path) -> None:
    server = flights(data)
    app = environment({"MDD_DATA": str(data)}).listeners[0]

    assert (server.host, server.port) != app
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host=app[0], port=app[1], user=server.reader, password=server.reader_password)


def test_letters_of_other_languages_are_folded(data: Path) -> None:
    with psycopg.connect(environment({"MDD_DATA": str(data)}).database_url) as connection:
        assert connection.execute("SELECT lower('ÉÄŁ')").fetchone() == ("éäł",)


def test_data_survives_a_stop_and_a_lock_that_names_another_process(lasting: Path) -> None:
    server = plan.app_postgres(lasting)
    with foreground.running([server], log=lasting / "log"), server.connect("mdd") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS id")
    (server.command().folder / "postmaster.pid").write_text("1\n")

    with foreground.running([server], log=lasting / "log"), server.connect("mdd") as connection:
        assert connection.execute("SELECT id FROM kept").fetchone() == (42,)


def test_data_whose_passwords_are_gone_is_refused_in_one_sentence(lasting: Path) -> None:
    cluster = plan.app_postgres(lasting).command().folder
    remembered = (lasting / "instance.json").rename(lasting / "lost.json")

    with pytest.raises(Trouble, match=rf"^{cluster} holds the data .* passwords are gone .* `make clean`\.$"):
        plan.app_postgres(lasting).command()

    remembered.rename(lasting / "instance.json")
    assert plan.app_postgres(lasting).command().folder == cluster


def rights(server: Postgres) -> tuple[bool, str]:
    """Return whether the app may make databases, and whether the server waits for the disk."""
    with server.connect() as connection:
        found = connection.execute(
            "SELECT rolcreatedb, current_setting('fsync') FROM pg_roles WHERE rolname = 'mdd'"
        ).fetchone()
    assert found is not None
    return found[0], found[1]
