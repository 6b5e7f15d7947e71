"""`python -m tests.faults.seed QUERIES SLOTS HOST PORT USER PASSWORD`: a squad whose queries have much to catch up.

Each answer is the time at which it was made, so that a second answer for a slot never equals the first.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mdd.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from metrics.actions import queries, sources  # noqa: E402
from metrics.models import Query  # noqa: E402
from metrics.slots import Cadence  # noqa: E402
from tests import builders  # noqa: E402

TEXT = "SELECT extract(epoch FROM clock_timestamp()) AS value FROM pg_sleep(0.05)"


def main(numbers: list[int], host: str, port: str, user: str, password: str) -> None:
    squad = builders.make_squad(zone="UTC")
    config = {"host": host, "port": port, "dbname": "shop", "user": user, "password": password, "sslmode": "disable"}
    source = sources.create(name="Shop", kind="postgres", config=config, by=None, is_for_all=True, concurrency=6)
    many, slots = numbers
    first = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=slots)
    for _number in range(many):
        query = queries.create(squad, source=source, text=TEXT, cadence=Cadence.HOUR, by=None)
        builders.make_metric(squad, query=query)
    Query.objects.update(next_slot=first)


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:3])), *sys.argv[3:])
