"""Every slot that has ended gets one refresh, whoever looks and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mdd.models import Squad
from metrics.models import Backfill, Query, Refresh
from metrics.queue import due
from metrics.slots import Cadence
from tests import builders

from .conftest import NOON, make_refresh

HOUR = timedelta(hours=1)


def hourly(squad: Squad, **fields: Any) -> Query:
    given: dict[str, Any] = {"cadence": "hour", "next_slot": NOON - HOUR} | fields
    return builders.make_query(squad, **given)


def slots() -> list[datetime]:
    return list(Refresh.objects.order_by("slot").values_list("slot", flat=True))


def test_a_slot_that_has_ended_is_due_once(squad: Squad) -> None:
    hourly(squad)

    assert due.insert(NOON) == 1
    assert due.insert(NOON) == 0
    assert slots() == [NOON - HOUR]


def test_a_slot_that_still_runs_is_not_due(squad: Squad) -> None:
    hourly(squad)

    due.insert(NOON - timedelta(seconds=1))

    assert slots() == []


def test_grace_is_waited_for(squad: Squad) -> None:
    hourly(squad, grace=timedelta(minutes=10))

    due.insert(NOON + timedelta(minutes=9))
    before = slots()
    due.insert(NOON + timedelta(minutes=10))

    assert (before, slots()) == ([], [NOON - HOUR])
    assert Refresh.objects.get().due_at == NOON + timedelta(minutes=10)


def test_a_query_that_is_stopped_gets_none(squad: Squad) -> None:
    hourly(squad, is_running=False)

    due.insert(NOON)

    assert slots() == []


def test_a_few_missed_slots_are_each_due(squad: Squad) -> None:
    hourly(squad)

    due.insert(NOON + 3 * HOUR)

    assert slots() == [NOON + n * HOUR for n in (-1, 0, 1, 2)]
    assert Query.objects.get().next_slot == NOON + 3 * HOUR


def test_many_missed_slots_are_one_back_fill(squad: Squad) -> None:
    hourly(squad)

    due.insert(NOON + 3000 * HOUR)

    backfill = Backfill.objects.get()
    assert (backfill.start, backfill.end) == (NOON - HOUR, NOON + 3000 * HOUR)
    assert Refresh.objects.filter(backfill=None).count() == 0
    assert Refresh.objects.count() == 3
    assert Query.objects.get().next_slot == NOON + 3000 * HOUR


def test_a_query_with_many_slots_waiting_gets_no_more(squad: Squad) -> None:
    query = hourly(squad)
    for number in range(due.MANY):
        slot = NOON - (number + 2) * HOUR
        make_refresh(query, slot=slot, until=slot + HOUR)

    due.insert(NOON)

    assert Query.objects.get().next_slot == NOON - HOUR


def test_those_that_only_may_be_due_do_not_keep_others_waiting(squad: Squad, monkeypatch: pytest.MonkeyPatch) -> None:
    """From 22 hours on a day may have ended: there are more such than are looked at together."""
    monkeypatch.setattr(due, "AT_ONCE", 2)
    midnight = datetime(2026, 3, 1, 23, tzinfo=UTC)
    for _number in range(3):
        builders.make_query(squad, cadence="day", next_slot=midnight)
    query = hourly(squad, next_slot=midnight + 22 * HOUR)

    assert due.insert(midnight + 23 * HOUR) == 1
    assert Refresh.objects.get().query == query


@pytest.mark.parametrize("number", [3, 4, 5])
def test_however_many_are_due_each_gets_its_slot(squad: Squad, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(due, "AT_ONCE", 2)
    for _number in range(number):
        hourly(squad)

    assert due.insert(NOON) == number
    assert Refresh.objects.count() == number


@pytest.mark.parametrize(
    ("day", "hours"), [(datetime(2026, 3, 28, 23, tzinfo=UTC), 23), (datetime(2026, 10, 24, 22, tzinfo=UTC), 25)]
)
def test_the_day_of_the_clock_change_is_one_slot(squad: Squad, day: datetime, hours: int) -> None:
    builders.make_query(squad, cadence="day", next_slot=day)

    due.insert(day + hours * HOUR - timedelta(seconds=1))
    before = slots()
    due.insert(day + hours * HOUR)

    assert (before, slots()) == ([], [day])
    assert Refresh.objects.get().until == day + hours * HOUR


@pytest.mark.parametrize("cadence", Cadence)
def test_no_slot_is_forgotten_in_a_year(squad: Squad, cadence: Cadence) -> None:
    """Each one begins where the one before ended."""
    start = datetime(2026, 2, 28, 23, tzinfo=UTC)
    builders.make_query(squad, cadence=cadence, next_slot=start)

    for number in range(25):
        due.insert(start + (number + 1) * cadence.length)

    rows = list(Refresh.objects.order_by("slot").values_list("slot", "until"))
    assert rows[0][0] == start
    assert all(one[1] == other[0] for one, other in pairwise(rows))
    assert rows[-1][1] == Query.objects.get().next_slot


def test_a_slot_that_has_its_refresh_is_passed_over(squad: Squad) -> None:
    hourly(squad)
    due.insert(NOON)
    Query.objects.update(next_slot=NOON - 3 * HOUR)

    due.insert(NOON)

    assert slots() == [NOON + n * HOUR for n in (-3, -2, -1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("hours", "refreshes", "backfills"), [(5, 20 * 6, 0), (100, 20, 20)])
def test_four_beats_at_once_do_what_one_would(squad: Squad, hours: int, refreshes: int, backfills: int) -> None:
    for _number in range(20):
        hourly(squad)
    together = Barrier(4)

    def tick() -> None:
        together.wait()
        due.insert(NOON + hours * HOUR)
        connections.close_all()

    beats = [Thread(target=tick) for _number in range(4)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join()
    due.insert(NOON + hours * HOUR)

    assert (Refresh.objects.count(), Backfill.objects.count()) == (refreshes, backfills)


class LookingAtAnyTime(TestCase):
    @settings(max_examples=12)
    @given(st.lists(st.integers(min_value=0, max_value=60 * 24 * 4), max_size=12))
    def test_it_does_not_matter_when_and_how_often_one_looks(self, minutes: list[int]) -> None:
        builders.make_query(builders.make_squad(), cadence="day", next_slot=NOON)
        Query.objects.update(next_slot=datetime(2026, 3, 1, 23, tzinfo=UTC))
        last = datetime(2026, 3, 6, tzinfo=UTC)

        for minute in [*minutes, 60 * 24 * 4]:
            due.insert(NOON + timedelta(minutes=minute))
        due.insert(last)

        assert slots() == [datetime(2026, 3, day, 23, tzinfo=UTC) for day in (1, 2, 3, 4)]
