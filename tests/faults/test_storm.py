"""Nothing is lost and nothing doubled, whoever is killed; and the same storm over a plain Celery app loses some."""

from __future__ import annotations

import os
import random

import pytest

from tests.faults import storm

pytestmark = pytest.mark.xdist_group("storm")

STORMS = 3
SEED = int(os.environ.get("STORM_SEED") or random.SystemRandom().randrange(10**6))


def test_every_slot_is_sampled_exactly_once_whatever_is_killed() -> None:
    plan = storm.Plan(seed=SEED)

    outcome = storm.run(plan)

    assert (outcome.lost, outcome.doubled) == (0, 0), (plan, outcome)
    assert outcome.seen.due >= plan.slots


def test_the_same_storm_takes_work_from_an_app_that_trusts_its_broker() -> None:
    """On a slow machine the queue may be empty whenever it is wiped, and nothing is there to lose: three storms."""
    outcomes = []
    for attempt in range(STORMS):
        plan = storm.Plan(
            slots=300, worker_kills=3, wipes=2, seed=SEED + attempt, app="tests.faults.naive", patience=10
        )
        outcomes.append(storm.run(plan))
        if outcomes[-1].lost > 0:
            return

    raise AssertionError(outcomes)
