"""The worker, the broker and the database are killed in the middle of a refresh; the real supervisor puts them back."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest

from tests.faults import tiles
from tests.stack import Stack, wait_until

pytestmark = pytest.mark.xdist_group("stack")

VICTIMS = {"worker": "--queues=refresh,heavy", "broker": "valkey-server", "database": "/postgres/18"}

# Slots that have been due and settled so far, less those that have their sample.
LOST = """
    WITH slots AS (
        SELECT metric.id, refresh.query_id, generate_series(
            refresh.slot, refresh.until - step, step
        ) AS at
        FROM metrics_refresh AS refresh JOIN metrics_query AS query ON query.id = refresh.query_id
        JOIN metrics_metric AS metric ON metric.query_id = query.id,
        LATERAL (SELECT CASE cadence WHEN 'minute' THEN interval '1 minute' WHEN '5-minutes' THEN interval '5 minutes'
                 WHEN '15-minutes' THEN interval '15 minutes' ELSE interval '1 hour' END AS step) AS length
        WHERE cadence NOT IN ('day', 'week') AND refresh.state <> 'cancelled'
    )
    SELECT count(*) FROM (SELECT DISTINCT id, at FROM slots) AS due
    WHERE NOT EXISTS (SELECT FROM metrics_sample WHERE metric_id = due.id AND metrics_sample.at = due.at)
"""


# What each minute of twenty days was is forgotten, as if nobody had asked since.
FORGET = """
    WITH asked AS (
        UPDATE metrics_query SET next_slot = next_slot - interval '20 days'
        WHERE cadence = 'minute' AND next_slot > now() - interval '1 day'
        RETURNING id, next_slot
    )
    DELETE FROM metrics_sample USING metrics_metric AS metric, asked
    WHERE metric.id = metric_id AND metric.query_id = asked.id AND at >= asked.next_slot
"""
RUNNING = "SELECT count(*) FROM metrics_refresh WHERE state = 'running' AND started_at > %s"
UNFINISHED = "SELECT count(*) FROM metrics_refresh WHERE state NOT IN ('done', 'cancelled') AND queued_at < %s"
REPLACED = "SELECT count(*) FROM metrics_samplerevision WHERE origin = 'pull'"


def test_a_kill_in_the_middle_of_a_refresh_costs_nothing(stack: Stack) -> None:
    """Three of them, each while a refresh runs that began after the kill before."""
    for victim in VICTIMS:
        killed = kill_while_one_runs(stack, victim)
        wait_until(partial(is_back, stack, victim, killed), 60, lambda: words(stack))

    ended = datetime.now(UTC)
    wait_until(lambda: number(stack, UNFINISHED, ended) == 0, 180, lambda: words(stack))
    print(f"{(datetime.now(UTC) - ended).total_seconds():.1f} s after all were back all was done")
    wait_until(lambda: number(stack, LOST) == 0, 20)
    assert number(stack, REPLACED) == 0, "a value was replaced by another"
    assert tiles.shown(stack) == tiles.recounted(stack)


def kill_while_one_runs(stack: Stack, victim: str) -> int:
    """Kill the victim once a refresh runs that has begun from now on; returns the pid that it had."""
    begun = datetime.now(UTC)
    with stack.connect() as connection:
        (process,) = stack.children(VICTIMS[victim])[:1]
        wait_until(partial(one_runs, connection, begun), 60, lambda: words(stack))
        process.send_signal(signal.SIGKILL)
    return process.pid


def one_runs(connection: psycopg.Connection[tuple[object, ...]], begun: datetime) -> bool:
    """Does a refresh run that has begun since? Where none is left that could, there is something to refresh again."""
    if number_in(connection, UNFINISHED, datetime.now(UTC)) == 0:
        connection.execute(FORGET)
    return number_in(connection, RUNNING, begun) > 0


def is_back(stack: Stack, victim: str, killed: int) -> bool:
    pids = [process.pid for process in stack.children(VICTIMS[victim])]
    return bool(pids) and killed not in pids and number(stack, UNFINISHED, datetime.now(UTC)) >= 0


def number(stack: Stack, query: str, *given: object) -> int:
    """What the database says; -1 while it is away."""
    try:
        with stack.connect() as connection:
            return number_in(connection, query, *given)
    except psycopg.OperationalError:
        return -1


def number_in(connection: psycopg.Connection[tuple[object, ...]], query: str, *given: object) -> int:
    row = connection.execute(query, given).fetchone()
    return int(str(row[0])) if row else 0


def words(stack: Stack) -> str:
    return stack.words.read_text(errors="replace")[-4000:]
