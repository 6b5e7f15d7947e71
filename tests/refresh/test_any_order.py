"""Claims, deaths, wakings and finishes in any order: a slot is answered once, by one who held it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from metrics.models import Refresh, Sample, SampleRevision
from metrics.queue import leases, outcomes
from metrics.queue.leases import LENGTH, Lease
from metrics.queue.outcomes import Answer
from metrics.readings import Reading
from metrics.sources.errors import Code, SourceError
from tests import builders
from tests.profile import IS_WHOLE

from .conftest import NOON, make_refresh

HOUR = timedelta(hours=1)
SLOTS = 4
RUNS = 25 if IS_WHOLE else 10


class Queue(RuleBasedStateMachine):
    """Workers that hold on to leases for as long as they like; each answer is a number of its own."""

    held: Bundle[Lease] = Bundle("held")

    @initialize()
    def fill(self) -> None:
        self.now: datetime = NOON
        self.answers = 0
        self.accepted: dict[int, float] = {}
        squad = builders.make_squad()
        self.query = builders.make_query(squad, builders.make_source(concurrency=3))
        self.metric = builders.make_metric(squad, query=self.query)
        slots = [NOON - HOUR * (number + 1) for number in range(SLOTS)]
        self.ids = [make_refresh(self.query, slot=slot, until=slot + HOUR).pk for slot in slots]

    @rule(target=held, choice=st.sets(st.integers(0, SLOTS - 1), min_size=1))
    def claim(self, choice: set[int]) -> Any:
        return multiple(*leases.claim([self.ids[number] for number in sorted(choice)], self.now))

    @rule(seconds=st.integers(1, 25))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def tick(self) -> None:
        leases.take_back(self.now)

    @rule(lease=held)
    def sign_of_life(self, lease: Lease) -> None:
        leases.renew(lease.fence, self.now)

    @rule(lease=consumes(held))
    def give_back(self, lease: Lease) -> None:
        leases.release(lease.fence)

    @rule(lease=held)
    def answer(self, lease: Lease) -> None:
        """A worker that slept may answer long after its lease was lost, and even twice."""
        refresh = Refresh.objects.select_related("query__source", "query__squad").get(pk=lease.refresh_id)
        self.answers += 1
        reading = Reading(self.metric.pk, refresh.slot, float(self.answers))
        if outcomes.finish(lease, refresh, Answer([reading], rows=1), self.now):
            assert lease.refresh_id not in self.accepted, "answered twice"
            self.accepted[lease.refresh_id] = reading.value or 0

    @rule(lease=held, code=st.sampled_from([Code.TIMEOUT, Code.OURS]))
    def fail(self, lease: Lease, code: Code) -> None:
        refresh = Refresh.objects.select_related("query__source", "query__squad").get(pk=lease.refresh_id)
        if outcomes.fail(lease, refresh, SourceError(code, "No."), self.now):
            assert lease.refresh_id not in self.accepted, "failed after it was answered"

    @invariant()
    def one_sample_for_each_answer_that_was_taken(self) -> None:
        if not hasattr(self, "accepted"):
            return
        done = Refresh.objects.filter(query=self.query, state="done")
        samples = Sample.objects.filter(metric=self.metric)
        assert set(done.values_list("pk", flat=True)) == set(self.accepted)
        assert sorted(value or 0 for value in samples.values_list("value", flat=True)) == sorted(self.accepted.values())
        assert not SampleRevision.objects.filter(metric=self.metric).exists()

    @invariant()
    def no_more_workers_than_allowed(self) -> None:
        if hasattr(self, "query"):
            live = Refresh.objects.filter(query=self.query).held(self.now)
            assert live.values("fence").distinct().count() <= 3

    def teardown(self) -> None:
        """Whatever happened: with one more tick and one more worker everything is answered."""
        if not hasattr(self, "ids"):
            return
        self.now += LENGTH + HOUR
        leases.take_back(self.now)
        for lease in leases.claim(self.ids, self.now):
            self.answer(lease)
        assert set(self.accepted) == set(self.ids)


@pytest.mark.scaled
@pytest.mark.django_db(transaction=True)
def test_any_order_of_events_answers_each_slot_once() -> None:
    run_state_machine_as_test(Queue, settings=settings(max_examples=RUNS, stateful_step_count=20))
