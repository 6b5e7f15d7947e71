"""Nothing is lost and nothing doubled, whoever is killed; the same storm over a plain Celery app does one or both."""

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


def test_the_same_storm_loses_or_doubles_work_of_an_app_that_trusts_its_broker() -> None:
    plan = storm.Plan(slots=300, worker_kills=3, wipes=2, seed=SEED, app="tests.faults.naive", patience=10)

    outcome = storm.run(plan)

    # On a slow machine all that is wiped may have been run already: then it is redelivered, and done twice.
    assert outcome.lost + outcome.doubled > 0, (plan, outcome)
