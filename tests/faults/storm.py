"""`python -m tests.faults.storm`: due slots are worked off while workers, broker and beat are killed again and again.

The oracle is the table of samples: every slot that was due has exactly one, and no value was ever replaced. Two beats
run all the time. The seed is printed, and chooses who is killed when.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from mdd.engines import environment, foreground, plan, trials
from tests import servers
from tests.faults.crew import Broker, Crew, broker, crew
from tests.processes import CHECKOUT, environ
from tests.servers import Server

SLOTS_A_QUERY = 50
WORKERS = ("worker 1", "worker 2")
BEATS = ("beat 1", "beat 2")
STARTING = 15  # seconds that workers may take to come up

COUNTS = """
    SELECT (SELECT count(*) FROM metrics_sample),
           (SELECT count(*) FROM metrics_samplerevision),
           (SELECT coalesce(sum(extract(epoch FROM next_slot - %s) / 3600), 0) FROM metrics_query),
           (SELECT coalesce(sum(attempts), 0) FROM metrics_refresh)
"""


@dataclass(frozen=True)
class Plan:
    """How much work, and how many faults happen while it is done. `app` is the Celery app that does it."""

    slots: int = 1_000
    worker_kills: int = 6
    wipes: int = 3
    beat_kills: int = 1
    seed: int = 0
    app: str = "mdd"
    patience: float = 45  # seconds without any progress after which it is over


@dataclass(frozen=True)
class Seen:
    """What is in the tables, and for how many seconds the number of samples has not changed."""

    sampled: int
    doubled: int
    due: int
    executions: int
    still_for: float


@dataclass(frozen=True)
class Outcome:
    """What became of the slots that were due. `fallen`: processes that ended although nobody killed them."""

    seen: Seen
    longest_stall: float
    seconds: float
    fallen: int

    @property
    def lost(self) -> int:
        return self.seen.due - self.seen.sampled

    @property
    def doubled(self) -> int:
        return self.seen.doubled


class Oracle:
    """Counts slots and samples, and knows nothing of how they came there. Made before anything has run."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.first = connection.execute("SELECT min(next_slot) FROM metrics_query").fetchone()
        self.sampled, self.moved, self.longest_stall = 0, time.monotonic() + STARTING, 0.0

    def look(self) -> Seen:
        row = self.connection.execute(COUNTS, self.first).fetchone()
        sampled, doubled, due, executions = map(int, row or (0, 0, 0, 0))
        now = time.monotonic()
        if sampled != self.sampled:
            self.longest_stall = max(self.longest_stall, now - self.moved if self.sampled else 0)
            self.sampled, self.moved = sampled, now
        return Seen(sampled, doubled, due, executions, now - self.moved)


def run(storm: Plan) -> Outcome:
    """Make an instance of its own, let the storm pass over it, count, and remove it."""
    with tempfile.TemporaryDirectory() as folder, trials.folder(Path(folder)) as data:
        database = [plan.app_postgres(data, is_trial=True)]
        log = data / "storm.log"
        with (
            foreground.running(database, log=log),
            servers.running(Path(folder) / "source") as source,
            broker(data, log) as valkey,
        ):
            surroundings = environ(MDD_DATA=str(data), MDD_EGRESS_ALLOW=f"127.0.0.1:{source.port}")
            prepare(storm, source, surroundings)
            address = environment({"MDD_DATA": str(data)}).database_url
            with psycopg.connect(address, autocommit=True) as connection, crew(surroundings, log) as members:
                oracle = Oracle(connection)
                begin(storm, members)
                return weather(storm, members, valkey, oracle)


def prepare(storm: Plan, source: Server, surroundings: dict[str, str]) -> None:
    queries = str(storm.slots // SLOTS_A_QUERY)
    seed = ["-m", "tests.in_django", "tests.faults.seed", queries, str(SLOTS_A_QUERY)]
    address = ["127.0.0.1", str(source.port), "reader", source.password]
    for argv in (["manage.py", "migrate", "--verbosity=0", "--skip-checks"], [*seed, *address]):
        subprocess.run([sys.executable, *argv], cwd=CHECKOUT, env=surroundings, check=True)


def begin(storm: Plan, members: Crew) -> None:
    celery = ["-m", "celery", "-A", storm.app]
    for worker in WORKERS:
        members.start(worker, *celery, "worker", f"--hostname={worker[-1]}@%h", "--concurrency=2", "--loglevel=WARNING")
    for beat in BEATS:
        members.start(beat, *celery, "beat", "--loglevel=WARNING", "--pidfile=")


def weather(storm: Plan, members: Crew, valkey: Broker, oracle: Oracle) -> Outcome:
    """Each fault comes when its share of the work is done, or when nothing has moved for a while."""
    faults = drawn(storm, members, valkey)
    begun = time.monotonic()
    fallen = 0
    while True:
        seen = oracle.look()
        if faults and (seen.sampled >= faults[0][0] * storm.slots or seen.still_for > storm.patience / 2):
            faults.pop(0)[1]()
        if not faults and (seen.sampled >= max(seen.due, storm.slots) or seen.still_for > storm.patience):
            return Outcome(seen, oracle.longest_stall, time.monotonic() - begun, fallen)
        fallen += members.restart_the_fallen()
        time.sleep(0.1)


def drawn(storm: Plan, members: Crew, valkey: Broker) -> list[tuple[float, Callable[[], None]]]:
    """The faults with the share of the work after which each happens."""
    chance = random.Random(storm.seed)
    victims: list[Callable[[], None]] = [valkey.wipe] * storm.wipes
    victims += [partial(members.kill_and_restart, chance.choice(WORKERS)) for _ in range(storm.worker_kills)]
    victims += [partial(members.kill_and_restart, chance.choice(BEATS)) for _ in range(storm.beat_kills)]
    chance.shuffle(victims)
    return sorted(((chance.uniform(0.02, 0.9), victim) for victim in victims), key=lambda fault: fault[0])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.storm", description=__doc__)
    parser.add_argument("--slots", type=int, default=6_000)
    parser.add_argument("--worker-kills", type=int, default=30)
    parser.add_argument("--wipes", type=int, default=10)
    parser.add_argument("--beat-kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--app", default="mdd")
    storm = Plan(**vars(parser.parse_args()))
    print(storm)
    outcome = run(storm)
    print(outcome, f"lost={outcome.lost}")
    return 1 if outcome.lost or outcome.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
