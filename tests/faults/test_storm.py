"""Nothing is lost and nothing doubled, whoever is killed; and the same storm over a plain Celery app loses some."""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from tests.faults import storm
from tests.faults.storm import Outcome, Plan

pytestmark = [pytest.mark.xdist_group("storm"), pytest.mark.lengthy]

TRIES = 3
SEED = int(os.environ.get("STORM_SEED") or random.SystemRandom().randrange(10**6))
OURS = Plan(seed=SEED)
TRUSTING = Plan(slots=300, worker_kills=3, wipes=2, seed=SEED, app="tests.faults.naive", patience=10)


def test_every_slot_is_sampled_exactly_once_whatever_is_killed() -> None:
    outcome = storm.run(OURS)

    assert (outcome.lost, outcome.doubled) == (0, 0), (OURS, outcome)
    assert outcome.seen.due >= OURS.slots


@pytest.mark.long
def test_the_same_storm_takes_work_from_an_app_that_trusts_its_broker() -> None:
    """On a slow machine the queue may be empty whenever it is wiped, and nothing is there to lose: three tries."""
    outcomes: list[Outcome] = []
    while len(outcomes) < TRIES and not any(outcome.lost for outcome in outcomes):
        outcomes.append(storm.run(replace(TRUSTING, seed=SEED + len(outcomes))))

    assert outcomes[-1].lost > 0, outcomes
