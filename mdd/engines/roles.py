"""Roles and databases of the embedded servers. Each statement may run at every start."""

from typing import Any

from psycopg import Connection, sql

OWNER = "flights"
READER = "flights_reader"


def settle_app(connection: "Connection[Any]", *, password: str, may_create_databases: bool) -> None:
    """The app owns its database and is nothing more; only the test command may create others."""
    _role(connection, "mdd", password, "CREATEDB" if may_create_databases else "NOCREATEDB")
    _database(connection, "mdd", owner="mdd")


def settle_flights(connection: "Connection[Any]", *, password: str, reader_password: str) -> None:
    """The loader owns the flights; the source's role may only look, for a while, a few at once."""
    _role(connection, OWNER, password, "NOCREATEDB")
    _role(connection, READER, reader_password, "NOCREATEDB CONNECTION LIMIT 8")
    _database(connection, OWNER, owner=OWNER)
    for setting in ("default_transaction_read_only = on", "statement_timeout = '60s'"):
        connection.execute(sql.SQL("ALTER ROLE {} SET " + setting).format(sql.Identifier(READER)))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*map(sql.Identifier, (OWNER, READER))))


def _role(connection: "Connection[Any]", name: str, password: str, rights: str) -> None:
    """Make the role, or give it back the rights and the password that it should have."""
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    statement = f"{verb} ROLE {{}} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION {rights} PASSWORD {{}}"
    connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password)))


def _database(connection: "Connection[Any]", name: str, *, owner: str) -> None:
    """Make the database for its owner alone: nobody else connects, nor makes temporary tables."""
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    names = [sql.Identifier(name), sql.Identifier(owner)]
    if not known:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(names[0]))
