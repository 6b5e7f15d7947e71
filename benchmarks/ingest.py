"""Rows a second through `samples.keep`, beside the same rows through a bare upsert.

Run by hand against a scratch database: `python -m tests.in_django benchmarks.ingest`. Rounds are interleaved and
durably committed; what it writes is deleted again. Each round feeds 1,000 metrics with new rows, one a minute.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, transaction

from mdd.models import Squad, User
from metrics.actions import samples
from metrics.models import Metric, Query, Rollup, Sample, Source
from metrics.models.samples import Origin
from metrics.readings import Reading

METRICS, ROUNDS, START = 1_000, 5, datetime(2026, 1, 1, tzinfo=UTC)
TAKEN_AT = START + timedelta(days=365)
UPSERT = """
insert into metrics_sample (metric_id, at, segment, value, weight, origin, taken_at)
select metric_id, at, '', value, 1, 'pull', %s from unnest(%s::bigint[], %s::timestamptz[], %s::float8[])
    as reading (metric_id, at, value)
on conflict (metric_id, at, segment) do update set value = excluded.value
"""

minutes = count()


def main() -> None:
    """Print rows a second of both, and their ratio, for batches of 100 and of 5,000."""
    try:
        metrics = prepare()
        for size, batches in ((100, 50), (5_000, 4)):
            report(size, batches, metrics)
    finally:
        clean()


def report(size: int, batches: int, metrics: list[Metric]) -> None:
    plain, kept = [], []
    for _ in range(ROUNDS):
        plain.append(speed(upsert, size, batches, metrics))
        kept.append(speed(keep, size, batches, metrics))
    medians = statistics.median(plain), statistics.median(kept)
    print(f"batches of {size}: upsert {spread(plain)}, keep {spread(kept)}, ratio {medians[1] / medians[0]:.2f}")


def spread(speeds: list[float]) -> str:
    return f"{statistics.median(speeds):,.0f} rows/s [{min(speeds):,.0f}-{max(speeds):,.0f}]"


def speed(write: Callable[[list[Reading]], object], size: int, batches: int, metrics: list[Metric]) -> float:
    feed = readings(metrics)
    work = [[next(feed) for _ in range(size)] for _ in range(batches)]
    started = time.perf_counter()
    for batch in work:
        write(batch)
    return size * batches / (time.perf_counter() - started)


def readings(metrics: list[Metric]) -> Iterator[Reading]:
    for minute in minutes:
        for metric in metrics:
            yield Reading(metric.pk, START + timedelta(minutes=minute), float(minute % 97))


def upsert(batch: list[Reading]) -> None:
    columns = zip(*((each.metric_id, each.at, each.value) for each in batch), strict=True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPSERT, [TAKEN_AT, *map(list, columns)])


def keep(batch: list[Reading]) -> None:
    samples.keep(batch, origin=Origin.PULL, taken_at=TAKEN_AT)


def prepare() -> list[Metric]:
    squad = Squad.objects.create(name="Benchmark", slug="benchmark-ingest", zone="Europe/Stockholm")
    owner = User.objects.create_user("ingest@benchmark.invalid", name="Benchmark")
    source = Source.objects.create(name="Benchmark ingest", kind="postgres")
    query = Query.objects.create(source=source, squad=squad, text="select 1", cadence="minute", next_slot=START)
    same = {"unit": "", "direction": "up", "instrument": "gauge", "statistic": "mean", "definition": "-"}
    return Metric.objects.bulk_create(
        Metric(squad=squad, question=f"{n}?", name=f"{n}", query=query, column="value", owner=owner, **same)
        for n in range(METRICS)
    )


def clean() -> None:
    ours = {"metric__squad__slug": "benchmark-ingest"}
    Sample.objects.filter(**ours).delete()
    Rollup.objects.filter(**ours).delete()
    Metric.objects.filter(squad__slug="benchmark-ingest").delete()
    Query.objects.filter(squad__slug="benchmark-ingest").delete()
    Source.objects.filter(name="Benchmark ingest").delete()
    Squad.objects.filter(slug="benchmark-ingest").delete()
    User.objects.filter(email="ingest@benchmark.invalid").delete()
