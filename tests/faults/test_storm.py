"""Nothing is lost and nothing doubled, whoever is killed; and the same storm over a plain Celery app loses some."""

from __future__ import annotations

import os
import random

from tests.faults import storm

SEED = int(os.environ.get("STORM_SEED") or random.SystemRandom().randrange(10**6))


def test_every_slot_is_sampled_exactly_once_whatever_is_killed() -> None:
    plan = storm.Plan(seed=SEED)

    outcome = storm.run(plan)

    assert (outcome.lost, outcome.doubled) == (0, 0), (plan, outcome)
    assert outcome.seen.due >= plan.slots


def test_the_same_storm_takes_work_from_an_app_that_trusts_its_broker() -> None:
    plan = storm.Plan(slots=300, worker_kills=3, wipes=2, seed=SEED, app="tests.faults.naive", patience=10)

    outcome = storm.run(plan)

    assert outcome.lost > 0, (plan, outcome)
