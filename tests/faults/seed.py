"""A squad whose queries have much to catch up.

`python -m tests.in_django tests.faults.seed QUERIES SLOTS HOST PORT USER PASSWORD`. Each answer is the time
at which it was made, so that a second answer for a slot never equals the first.
"""

from datetime import timedelta

from django.utils import timezone

from metrics.actions import queries, sources
from metrics.models import Query
from metrics.slots import Cadence
from tests import builders

TEXT = "SELECT extract(epoch FROM clock_timestamp()) AS value FROM pg_sleep(0.05)"


def main(many: str, slots: str, host: str, port: str, user: str, password: str) -> None:
    squad = builders.make_squad(zone="UTC")
    config = {"host": host, "port": port, "dbname": "shop", "user": user, "password": password, "sslmode": "disable"}
    source = sources.create(name="Shop", kind="postgres", config=config, by=None, is_for_all=True, concurrency=6)
    first = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=int(slots))
    for _number in range(int(many)):
        query = queries.create(squad, source=source, text=TEXT, cadence=Cadence.HOUR, by=None)
        builders.make_metric(squad, query=query)
    Query.objects.update(next_slot=first)
