"""What a PostgreSQL source answers, and what it says when it cannot. Against a real server."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import count

import pytest
from pytest_django import Settings

from metrics import egress
from metrics.sources import postgres
from metrics.sources.contract import Context, Limits
from metrics.sources.deadline import Deadline
from metrics.sources.errors import Code, SourceError
from metrics.sources.postgres import Postgres
from tests.races import until
from tests.servers import Server

from .conftest import WINDOW, Ask

Resolve = Callable[[str, int, Deadline], tuple[egress.Address, ...]]


def test_it_answers_with_the_rows_of_the_window(ask: Ask) -> None:
    result = ask("SELECT at AS ts, minutes FROM calls WHERE at >= %(start)s AND at < %(end)s ORDER BY at")

    assert result.columns == ("ts", "minutes")
    assert len(result.rows) == 96


def test_step_is_an_interval(ask: Ask) -> None:
    assert ask("SELECT extract(epoch FROM %(step)s::interval) AS value").rows == ((3600,),)


def test_the_session_keeps_the_hours_of_the_squad(ask: Ask) -> None:
    result = ask("SELECT extract(hour FROM %(start)s::timestamptz)::int AS value")

    assert result.rows == ((1,),)


def test_a_percent_sign_may_stand_alone(ask: Ask) -> None:
    assert ask("SELECT count(*) AS value FROM calls WHERE agent LIKE 'agent 1%'").rows == ((333,),)


def test_a_percent_sign_may_be_doubled(ask: Ask) -> None:
    assert ask("SELECT 7 %% 4 AS value").rows == ((3,),)


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", Code.BAD_QUERY, "Write a query."),
        ("DELETE FROM calls", Code.BAD_QUERY, "Only SELECT is allowed."),
        ("SELECT 1 AS value; DELETE FROM calls", Code.BAD_QUERY, "Write one statement; this is 2."),
        ("WITH gone AS (DELETE FROM calls RETURNING 1) SELECT 1", Code.BAD_QUERY, "Only SELECT is allowed."),
        ("SELECT * INTO copy FROM calls", Code.BAD_QUERY, "Only SELECT is allowed."),
        ("SELECT minutes FROM calls FOR UPDATE", Code.BAD_QUERY, "Only SELECT is allowed."),
        ("SELECT pg_terminate_backend(1)", Code.BAD_QUERY, "The function pg_terminate_backend is not allowed here."),
        ("SELECT 1 AS value WHERE now() > %(begin)s", Code.BAD_QUERY, "“begin” is not known here"),
        ("SELECT 1\nAS value,\nminuets FROM calls", Code.BAD_QUERY, 'Line 3: column "minuets" does not exist.'),
        ("SELECT 1 FROM cals", Code.BAD_QUERY, 'Line 1: relation "cals" does not exist.'),
        ("SELECT FROM WHERE", Code.BAD_QUERY, 'Line 1: syntax error at or near "WHERE".'),
        ("SELECT 1 / 0 AS value", Code.BAD_QUERY, "division by zero."),
        ("SELECT amount FROM salaries", Code.DENIED, "The user “reader” may not read that"),
        ("SELECT 1 AS a, 2 AS a", Code.BAD_SHAPE, "two columns named “a”"),
        ("SELECT 'infinity'::timestamptz AS ts", Code.BAD_SHAPE, "no place in time"),
    ],
)
def test_a_query_that_cannot_work_is_told_so_in_one_sentence(ask: Ask, text: str, code: Code, sentence: str) -> None:
    with pytest.raises(SourceError) as refused:
        ask(text)

    assert refused.value.code == code
    assert sentence in refused.value.sentence


@pytest.mark.parametrize(
    "text",
    [
        "DELETE FROM calls",
        "SELECT 1 AS value; DELETE FROM calls",
        "WITH gone AS (DELETE FROM calls RETURNING 1) SELECT 1 AS value",
        "COMMIT; SET TRANSACTION READ WRITE; DELETE FROM calls",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT lo_create(0)",
        "INSERT INTO calls VALUES (now())",
        "COPY calls FROM PROGRAM 'true'",
    ],
)
def test_a_role_that_may_write_does_not(server: Server, ask: Ask, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The session itself is the wall: the first look at the text is switched off here."""
    monkeypatch.setattr("metrics.sources.sql.look", lambda *_: None)

    with pytest.raises(SourceError) as refused:
        ask(text, config=server.config(user="writer"))

    assert refused.value.code in {Code.BAD_QUERY, Code.DENIED}
    with server.superuser() as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (1000,)


def test_a_long_query_is_stopped_in_time_and_at_the_server(server: Server, ask: Ask) -> None:
    begun = time.monotonic()

    with pytest.raises(SourceError, match="took longer than 2 s") as refused:
        ask("SELECT pg_sleep(20), 1 AS value", seconds=2)

    assert refused.value.code == Code.TIMEOUT
    assert time.monotonic() - begun < 3
    assert still_running(server) == 0


def test_a_question_that_nobody_waits_for_is_stopped_at_the_server(server: Server, ask: Ask) -> None:
    begun = time.monotonic()

    with pytest.raises(SourceError):
        ask("SELECT pg_sleep(20), 1 AS value", seconds=15, is_wanted=lambda: False)

    assert time.monotonic() - begun < 2.5
    assert still_running(server) == 0


def test_a_server_that_stands_still_does_not_hold_us(server: Server, ask: Ask) -> None:
    """Neither its own limit nor our request to cancel is heard: the line is cut."""
    begun = time.monotonic()

    with pytest.raises(SourceError) as refused, closing(Freezer(server)) as freezer:
        ask("SELECT pg_backend_pid() AS value, pg_sleep(1) FROM calls", seconds=3, is_wanted=freezer)

    assert refused.value.code == Code.TIMEOUT
    assert time.monotonic() - begun < 8


class Freezer:
    """Stops the backend that sleeps, the first time somebody asks whether the answer is still wanted."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.frozen: list[int] = []

    def __call__(self) -> bool:
        if not self.frozen:
            self.frozen = backends(self.server)
            for pid in self.frozen:
                os.kill(pid, signal.SIGSTOP)
        return True

    def close(self) -> None:
        """Let it go on, and see it leave: the next test counts who is busy."""
        for pid in self.frozen:
            os.kill(pid, signal.SIGCONT)
        until(lambda: not backends(self.server))


def test_ten_million_rows_are_refused_at_once(ask: Ask) -> None:
    begun = time.monotonic()

    with pytest.raises(SourceError, match="more than 5000 rows") as refused:
        ask("SELECT a AS value FROM generate_series(1, 10000) AS a, generate_series(1, 1000) AS b")

    assert refused.value.code == Code.TOO_MANY_ROWS
    assert time.monotonic() - begun < 8


def test_as_many_rows_as_allowed_are_not_too_many(ask: Ask) -> None:
    assert len(ask("SELECT n AS value FROM generate_series(1, 5000) AS n").rows) == 5000


def test_large_cells_are_refused(ask: Ask) -> None:
    with pytest.raises(SourceError, match="larger than 10 kB") as refused:
        ask("SELECT repeat('x', 1000) AS value FROM generate_series(1, 100)", limits=Limits(body=10_000))

    assert refused.value.code == Code.TOO_MANY_ROWS


@pytest.mark.parametrize(
    "text",
    [
        "SELECT repeat('x', 10000000) AS value FROM generate_series(1, 30)",
        "SELECT repeat('x', 100000000) AS value",
    ],
)
def test_what_is_too_large_does_not_fill_our_memory(ask: Ask, text: str) -> None:
    """Neither many large rows nor one that is huge."""
    before = most_memory()

    with pytest.raises(SourceError, match="larger than 2000 kB") as refused:
        ask(text, seconds=30)

    assert refused.value.code == Code.TOO_MANY_ROWS
    assert most_memory() - before < 100_000


def test_the_line_is_watched_while_the_name_is_looked_up(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = count()
    monkeypatch.setattr(egress, "resolve", slowly(egress.resolve))

    ask("SELECT 1 AS value", is_wanted=lambda: next(looks) >= 0)

    assert next(looks) > 0


def test_what_nobody_waits_for_any_more_is_not_even_begun(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(egress, "resolve", slowly(egress.resolve, seconds=2.5))
    monkeypatch.setattr(postgres, "limits", lambda *_: pytest.fail("It was begun."))

    with pytest.raises(SourceError):
        ask("SELECT 1 AS value", is_wanted=lambda: False)


def test_a_wrong_password_is_told_without_telling_the_network(
    server: Server, context_of: Callable[..., Context]
) -> None:
    context = replace(context_of(), secret=lambda _name: "wrong")

    with pytest.raises(SourceError) as refused:
        Postgres().run(server.config(), "SELECT 1 AS value", WINDOW, context)

    assert refused.value.code == Code.AUTH
    assert refused.value.sentence == "The source refused the password of “reader”."


def test_an_unknown_database_is_a_matter_of_set_up(server: Server, ask: Ask) -> None:
    with pytest.raises(SourceError) as refused:
        ask("SELECT 1 AS value", config=server.config(dbname="nowhere"))

    assert refused.value.code == Code.CONFIG


def test_a_port_where_nobody_listens_cannot_be_reached(server: Server, ask: Ask, settings: Settings) -> None:
    settings.EGRESS_ALLOW = ("127.0.0.1:1",)

    with pytest.raises(SourceError) as refused:
        ask("SELECT 1 AS value", config=server.config(port=1))

    assert refused.value.code == Code.UNREACHABLE
    assert "127.0.0.1" not in refused.value.sentence


def test_an_address_that_nobody_allowed_is_not_even_tried(server: Server, ask: Ask, settings: Settings) -> None:
    settings.EGRESS_ALLOW = ()

    with pytest.raises(SourceError) as refused:
        ask("SELECT 1 AS value")

    assert refused.value.code == Code.BLOCKED


def test_a_check_tells_version_and_rights(server: Server, context_of: Callable[..., Context]) -> None:
    reader = Postgres().check(server.config(), context_of())
    writer = Postgres().check(server.config(user="writer"), context_of())

    assert reader.version.startswith("PostgreSQL 1")
    assert reader.warnings == ()
    assert writer.warnings == ("This user may write. Give MDD one that may only read.",)


def most_memory() -> int:
    """The most that this process has held at any time, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def slowly(resolve: Resolve, *, seconds: float = 1.2) -> Resolve:
    def resolved(host: str, port: int, deadline: Deadline) -> tuple[egress.Address, ...]:
        time.sleep(seconds)
        return resolve(host, port, deadline)

    return resolved


def backends(server: Server) -> list[int]:
    """The server processes that are busy for one of our roles."""
    with server.superuser() as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename IN ('reader', 'writer') AND state = 'active'"
        )
        return [pid for (pid,) in rows]


def still_running(server: Server) -> int:
    """How many questions of ours the server is at, once it had half a second to notice."""
    end = time.monotonic() + 0.5
    while (busy := len(backends(server))) and time.monotonic() < end:
        time.sleep(0.05)
    return busy
