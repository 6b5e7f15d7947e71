"""PostgreSQL: one SELECT, asked in a read-only transaction that the server itself stops in time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import cast

import psycopg
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import postgres_errors, sql
from .contract import Config, Context, Health, Result, Source, Window
from .deadline import watch
from .errors import Code, SourceError
from .postgres_line import Connection, Line, too_large

NAME = "mdd"
DECLARE = f'DECLARE "{NAME}" CURSOR FOR '

LIMIT_SESSION = """
    SELECT set_config('statement_timeout', %(limit)s, true), set_config('lock_timeout', %(limit)s, true),
           set_config('idle_in_transaction_session_timeout', %(limit)s, true),
           set_config('timezone', %(zone)s, true),
           set_config('search_path', coalesce(nullif(%(path)s, ''), current_setting('search_path')), true)
"""
LOOK_AROUND = """
    SELECT current_setting('server_version'),
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
           EXISTS (
               SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
               WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema')
               AND nspname NOT LIKE 'pg_toast%%' AND nspname NOT LIKE 'pg_temp%%'
               AND has_table_privilege(pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
           )
"""


class PostgresForm(forms.Form):
    """Typed fields only: a free connection string could make the driver read files or load what it names."""

    host = forms.CharField(
        label=gettext_lazy("Host"),
        max_length=253,
        validators=[RegexValidator(r"^[A-Za-z0-9_.:\-]+$", gettext_lazy("Write one host name or address."))],
    )
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=5432)
    dbname = forms.CharField(label=gettext_lazy("Database"), max_length=63)
    user = forms.CharField(label=gettext_lazy("User"), max_length=63)
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=500, required=False, widget=forms.PasswordInput, strip=False
    )
    sslmode = forms.ChoiceField(
        label=gettext_lazy("Encryption"),
        choices=[
            ("verify-full", gettext_lazy("required, and the server's name is checked")),
            ("require", gettext_lazy("required")),
            ("prefer", gettext_lazy("if the server offers it")),
            ("disable", gettext_lazy("none")),
        ],
        initial="prefer",
    )
    search_path = forms.CharField(
        label=gettext_lazy("Schemas"),
        max_length=200,
        required=False,
        validators=[RegexValidator(r"^[\w$]+(\s*,\s*[\w$]+)*$", gettext_lazy("Write schema names with commas."))],
    )


class Postgres(Source):
    """Asks through psycopg. The way in is judged by the guard, the way back limited by rows, bytes and time."""

    key = "postgres"
    label = "PostgreSQL"
    Form = PostgresForm
    secrets = ("password",)
    pinned = ("host", "port", "user", "sslmode")

    def check(self, config: Config, context: Context) -> Health:
        with session(config, context, zone="UTC") as connection:
            row = connection.execute(LOOK_AROUND, ()).fetchone()
        version, is_super, may_write = row or ("", False, False)
        warnings = [
            *([_("This user is a superuser. Give MDD one that may only read.")] if is_super else []),
            *([_("This user may write. Give MDD one that may only read.")] if may_write and not is_super else []),
        ]
        return Health(version=f"PostgreSQL {version}", warnings=tuple(warnings))

    def verify(self, text: str) -> None:
        sql.look(text, "postgres")
        sql.for_psycopg(text)

    def run(self, config: Config, text: str, window: Window, context: Context) -> Result:
        self.verify(text)
        asked = {"start": window.start, "end": window.end, "step": window.step}
        asking = session(config, context, zone=window.zone.key, text=text)
        # DECLARE takes one SELECT only and is sent with bound parameters, so a second statement is refused.
        with asking as connection, connection.cursor(name=NAME) as cursor:
            cursor.execute(sql.for_psycopg(text).encode(), asked)
            columns = tuple(column.name for column in cursor.description or ())
            return Result(no_twins(columns), tuple(fetched(connection, context)))


@contextmanager
def session(config: Config, context: Context, *, zone: str, text: str = "") -> Iterator[Connection]:
    """A read-only transaction with limits; psycopg's errors leave it as SourceErrors."""
    user, line = str(config["user"]), Line()
    try:
        with watch(context.deadline, context.is_wanted, stop=line.stop, cut=line.cut):
            connection = line.connection = connect(config, context)
            if line.is_stopped:
                raise context.deadline.missed()
            connection.execute(LIMIT_SESSION, limits(config, context, zone))
            yield connection
    except psycopg.Error as error:
        raise postgres_errors.on_asking(error, context.deadline, user=user, text=text, before=len(DECLARE)) from error
    finally:
        line.close()


def limits(config: Config, context: Context, zone: str) -> dict[str, object]:
    return {
        "limit": str(int(context.deadline.for_the_server() * 1000) or 1),
        "zone": zone,
        "path": config.get("search_path") or "",
    }


def connect(config: Config, context: Context) -> Connection:
    """Connect to the addresses that the guard judged; the name is only what TLS checks. Raises SourceError."""
    host, port = str(config["host"]), cast("int", config["port"])
    addresses = context.net.addresses(host, port, context.deadline)[:2]
    try:
        connection = Connection.connect(
            host=",".join(host for _address in addresses),
            hostaddr=",".join(addresses),
            port=port,
            dbname=str(config["dbname"]),
            user=str(config["user"]),
            password=context.secret("password"),
            sslmode=str(config.get("sslmode") or "prefer"),
            sslcertmode="disable",
            gssencmode="disable",
            passfile="/nonexistent",
            application_name="mdd",
            client_encoding="utf8",
            connect_timeout=max(2, min(5, int(context.deadline.left() / len(addresses)))),
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            prepare_threshold=None,
        )
    except psycopg.Error as error:
        raise postgres_errors.on_connecting(error, str(config["user"])) from error
    connection.read_only = True
    connection.hold_to(context.limits.body)
    return connection


def fetched(connection: Connection, context: Context) -> Iterator[tuple[object, ...]]:
    """All rows, or SourceError TOO_MANY_ROWS: an answer is never cut silently. One at a time comes in."""
    most, body = context.limits, 0
    fetch = f'FETCH FORWARD {most.rows + 1} FROM "{NAME}"'.encode()
    with closing(cast("Generator[tuple[object, ...]]", connection.cursor().stream(fetch))) as rows:
        for number, row in enumerate(rows, start=1):
            context.deadline.check()
            body += sum(map(len, map(str, row)))
            if number > most.rows:
                sentence = _(
                    "The answer has more than %(rows)d rows. Group them into slots, or ask for a shorter time."
                )
                raise SourceError(Code.TOO_MANY_ROWS, sentence % {"rows": most.rows})
            if body > most.body:
                raise too_large(most.body)
            yield row


def no_twins(columns: tuple[str, ...]) -> tuple[str, ...]:
    for column in columns:
        if columns.count(column) > 1:
            sentence = _("The answer has two columns named “%(column)s”. Name each with AS.")
            raise SourceError(Code.BAD_SHAPE, sentence % {"column": column})
    return columns
