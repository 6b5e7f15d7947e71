"""Nothing is lost and nothing doubled, whoever is killed; and the same storm over a plain Celery app loses some."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from tests.faults import storm
from tests.faults.storm import Outcome, Plan

pytestmark = pytest.mark.xdist_group("storm")

TRIES = 3
SEED = int(os.environ.get("STORM_SEED") or random.SystemRandom().randrange(10**6))
OURS = Plan(seed=SEED)
TRUSTING = Plan(slots=300, worker_kills=3, wipes=2, seed=SEED, app="tests.faults.naive", patience=10)


@dataclass(frozen=True)
class Storms:
    ours: Future[Outcome]
    trusting: Future[list[Outcome]]


@pytest.fixture(scope="module")
def storms() -> Iterator[Storms]:
    """Both blow at once, each over an instance of its own: a storm waits as long as it works."""
    with ThreadPoolExecutor() as pool:
        yield Storms(pool.submit(storm.run, OURS), pool.submit(until_some_is_lost))


def until_some_is_lost() -> list[Outcome]:
    """On a slow machine the queue may be empty whenever it is wiped, and nothing is there to lose: three tries."""
    outcomes: list[Outcome] = []
    while len(outcomes) < TRIES and not any(outcome.lost for outcome in outcomes):
        outcomes.append(storm.run(replace(TRUSTING, seed=SEED + len(outcomes))))
    return outcomes


def test_every_slot_is_sampled_exactly_once_whatever_is_killed(storms: Storms) -> None:
    outcome = storms.ours.result()

    assert (outcome.lost, outcome.doubled) == (0, 0), (OURS, outcome)
    assert outcome.seen.due >= OURS.slots


def test_the_same_storm_takes_work_from_an_app_that_trusts_its_broker(storms: Storms) -> None:
    outcomes = storms.trusting.result()

    assert outcomes[-1].lost > 0, outcomes
