"""Which refreshes the workers hear of, in which order, and in how many messages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mdd.models import Squad
from metrics.models import Backfill, Query, Refresh, Source
from metrics.queue import leases, publish
from tests import builders

from .conftest import NOON, make_refresh

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
Sent = list[tuple[str, list[int]]]


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What was sent, by queue, in order."""
    sent: Sent = []

    def send(task: str, args: list[list[int]], *, queue: str) -> bool:
        assert task == "metrics.refresh"
        sent.append((queue, args[0]))
        return True

    monkeypatch.setattr(publish, "send", send)
    return sent


@pytest.fixture
def source(db: None) -> Source:
    return builders.make_source(concurrency=1)


def waiting(query: Query, number: int, **fields: object) -> list[int]:
    slots = [NOON - (n + 1) * HOUR for n in range(number)]
    return [make_refresh(query, slot=slot, until=slot + HOUR, **fields).pk for slot in slots]


def test_the_newest_slots_go_first(squad: Squad, source: Source, broker: Sent) -> None:
    ids = waiting(builders.make_query(squad, source), 3)

    publish.everything(NOON)

    assert broker == [("refresh", ids)]


def test_no_message_has_more_than_fifty(squad: Squad, source: Source, broker: Sent) -> None:
    source.concurrency = 2
    source.save()
    waiting(builders.make_query(squad, source), 120)

    publish.everything(NOON)

    assert [len(ids) for _queue, ids in broker] == [50, 50]


def test_work_is_shared_out_among_as_many_workers_as_may_come(squad: Squad, source: Source, broker: Sent) -> None:
    source.concurrency = 3
    source.save()
    waiting(builders.make_query(squad, source), 7)

    publish.everything(NOON)

    assert [len(ids) for _queue, ids in broker] == [3, 3, 1]


def test_squads_take_turns(squad: Squad, source: Source, broker: Sent) -> None:
    busy = waiting(builders.make_query(squad, source), 60)
    quiet = waiting(builders.make_query(builders.make_squad(), source), 2)

    publish.everything(NOON)

    ((_queue, ids),) = broker
    assert set(quiet) <= set(ids[:4])
    assert len(set(busy) & set(ids)) == 48


def test_who_pressed_a_button_comes_first_and_back_fills_last(squad: Squad, source: Source, broker: Sent) -> None:
    query = builders.make_query(squad, source)
    old, pressed = (
        Backfill.objects.create(query=query, start=NOON - HOUR, end=NOON, is_interactive=urgent)
        for urgent in (False, True)
    )
    last = make_refresh(query, backfill=old).pk
    due = make_refresh(query).pk
    first = make_refresh(query, backfill=pressed).pk

    publish.everything(NOON)

    assert broker == [("interactive", [first]), ("refresh", [due, last])]


def test_what_was_published_lately_is_not_again(squad: Squad, source: Source, broker: Sent) -> None:
    waiting(builders.make_query(squad, source), 1)

    publish.everything(NOON)
    publish.everything(NOON + 9 * SECOND)
    before = len(broker)
    publish.everything(NOON + 10 * SECOND)

    assert (before, len(broker)) == (1, 2)


def test_a_full_source_is_not_sent_more(squad: Squad, source: Source, broker: Sent) -> None:
    ids = waiting(builders.make_query(squad, source), 3)
    leases.claim(ids[:1], NOON)

    publish.everything(NOON)

    assert broker == []


def test_a_source_in_trouble_is_sent_one_probe_when_its_pause_is_over(
    squad: Squad, source: Source, broker: Sent
) -> None:
    source.failures, source.open_until = 5, NOON + HOUR
    source.save()
    ids = waiting(builders.make_query(squad, source), 3)

    publish.everything(NOON)
    before = list(broker)
    publish.everything(NOON + HOUR)

    assert (before, broker) == ([], [("refresh", ids[:1])])


def test_a_broker_that_is_away_loses_nothing(squad: Squad, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "send", lambda *_args, **_options: False)
    waiting(builders.make_query(squad, source), 1)

    assert publish.everything(NOON) == 0
    assert Refresh.objects.due(NOON + 10 * SECOND).count() == 1
    assert publish.unpublished(NOON + 10 * SECOND).count() == 1
