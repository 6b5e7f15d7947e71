"""A source that really answers, and queries that have work to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mdd.models import Squad
from metrics.actions import sources
from metrics.models import Metric, Query, Refresh, Sample, Source
from tests import builders
from tests.servers import Server

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MakeMetric = Callable[..., Metric]
CALLS_A_SLOT = "SELECT count(*) AS value FROM calls WHERE at >= %(start)s AND at < %(end)s"
CALLS_BY_HOUR = """
    SELECT date_trunc('hour', at) AS ts, count(*) AS value FROM calls WHERE at >= %(start)s AND at < %(end)s GROUP BY 1
"""


@pytest.fixture
def source(server: Server, db: None) -> Source:
    """A help desk's database with four calls an hour in the first days of March 2026."""
    return sources.create(name="Help desk", kind="postgres", config=server.config(), by=None, is_for_all=True)


@pytest.fixture
def metric_of(squad: Squad, source: Source) -> MakeMetric:
    """A counter fed by a query whose next slot is the hour before noon."""

    def made(text: str = CALLS_A_SLOT, **fields: Any) -> Metric:
        given: dict[str, Any] = {"next_slot": NOON.replace(hour=11), "text": text} | fields
        query = builders.make_query(given.pop("squad", squad), given.pop("source", source), **given)
        return builders.make_metric(query.squad, query=query, instrument="counter", statistic="sum", state="active")

    return made


def make_refresh(query: Query, **fields: Any) -> Refresh:
    """The hour before noon, due at noon."""
    given: dict[str, Any] = {"slot": NOON.replace(hour=11), "until": NOON, "due_at": NOON, "queued_at": NOON}
    return Refresh.objects.create(query=query, **(given | fields))


def values(metric: Metric) -> dict[int, float | None]:
    """What was sampled, by how many hours before noon its slot began."""
    rows = Sample.objects.filter(metric=metric).values_list("at", "value")
    return {int((NOON - at) / HOUR): value for at, value in rows}
