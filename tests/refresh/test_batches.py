"""What a worker does with a message of refreshes: it begins, is called off, shows signs of life, gives back."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import refreshes
from metrics.models import Refresh, Sample
from metrics.queue import asking, batches, due, leases
from metrics.sources import deadline
from tests import builders
from tests.races import until
from tests.servers import Server

from .conftest import HOUR, NOON, MakeMetric, make_refresh, values


def test_a_batch_stops_beginning_when_its_time_is_up(metric_of: MakeMetric, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BUDGET", 0.3)
    metric = metric_of("SELECT 1 AS value FROM pg_sleep(0.2)")
    assert metric.query is not None
    for number in range(6):
        make_refresh(metric.query, slot=NOON - number * HOUR, until=NOON - number * HOUR + HOUR)

    batches.run(list(Refresh.objects.values_list("pk", flat=True)))

    assert 1 <= Refresh.objects.filter(state="done").count() <= 3
    assert not Refresh.objects.filter(state="running").exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_held_when_our_database_fell_waits_for_no_lease(squad: Squad, monkeypatch: pytest.MonkeyPatch) -> None:
    make_refresh(builders.make_query(squad))
    monkeypatch.setattr(asking, "ask", fall)

    with pytest.raises(OperationalError):
        batches.run([Refresh.objects.get().pk])

    refresh = Refresh.objects.get()
    assert (refresh.state, refresh.fence, refresh.attempts) == ("waiting", None, 1)


def fall(*_: object) -> None:
    """Take the server's end of our connection away, as its death does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.django_db(transaction=True)
def test_calling_off_stops_the_question_at_the_server(metric_of: MakeMetric, server: Server, ada: User) -> None:
    metric = metric_of("SELECT 1 AS value FROM pg_sleep(30)")
    assert metric.query is not None
    backfill = refreshes.back_fill(metric.query, NOON - HOUR, NOON, by=ada)
    worker = Thread(target=run_and_hang_up, args=(list(Refresh.objects.values_list("pk", flat=True)),))
    worker.start()
    until(lambda: sleeping(server) == 1)

    begun = time.monotonic()
    refreshes.cancel(backfill, by=ada)
    until(lambda: sleeping(server) == 0)
    took = time.monotonic() - begun

    worker.join()
    assert took < 3
    assert Refresh.objects.get().state == "cancelled"
    assert not Sample.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_long_question_keeps_its_lease(
    metric_of: MakeMetric, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LENGTH", timedelta(seconds=1))
    monkeypatch.setattr(deadline, "LOOK_EVERY", 0.2)
    metric = metric_of("SELECT 1 AS value FROM pg_sleep(2)")
    due.insert(NOON)
    worker = Thread(target=run_and_hang_up, args=(list(Refresh.objects.values_list("pk", flat=True)),))
    worker.start()
    until(lambda: sleeping(server) == 1)
    time.sleep(1.5)

    taken = leases.take_back(timezone.now())

    worker.join()
    assert taken == 0
    assert values(metric) == {1: 1.0}


def run_and_hang_up(ids: list[int]) -> None:
    try:
        batches.run(ids)
    finally:
        connections.close_all()


def sleeping(server: Server) -> int:
    with server.superuser() as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").fetchone()
    return int(row[0]) if row else 0
