"""Roll-ups equal a plain recount, whatever came in and in whatever order."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics import rollups
from metrics.actions import samples
from metrics.models import Metric, Rollup, Sample
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.slots import Cadence
from tests.builders import make_metric, make_squad
from tests.profile import IS_WHOLE

START = datetime(2026, 3, 27, tzinfo=UTC)  # the clock of Europe changes on 29 March, the Azores' at their midnight
ZONES = ["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "Atlantic/Azores", "UTC"]
KINDS = [("gauge", "mean"), ("gauge", "last"), ("gauge", "min"), ("counter", "sum")]
TIMINGS = [("timer", "p50"), ("timer", "p90"), ("timer", "mean"), ("timer", "max")]

times = st.integers(0, 4 * 24 * 4).map(lambda quarter: START + timedelta(minutes=15 * quarter))
values = st.none() | st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
weights = st.integers(0, 50).map(float)
distributions = st.dictionaries(st.integers(0, 40), st.integers(0, 9), max_size=6)

Answer = tuple[datetime, float | None, float, dict[int, int]]
batches = st.lists(
    st.lists(st.tuples(times, values, weights, distributions), max_size=12, unique_by=lambda answer: answer[0]),
    max_size=5,
)
slow = settings(max_examples=40 if IS_WHOLE else 12, suppress_health_check=list(HealthCheck))


@pytest.mark.scaled
class RollupsOfAnything(TestCase):
    @slow
    @given(batches, st.sampled_from(ZONES), st.sampled_from(KINDS))
    def test_values(self, batches: list[list[Answer]], zone: str, kind: tuple[str, str]) -> None:
        metric = make_metric(make_squad(zone=zone), instrument=kind[0], statistic=kind[1])

        for batch in batches:
            keep(Reading(metric.pk, at, value, weight) for at, value, weight, _ in batch)

        assert_recounted(metric)

    @slow
    @given(batches, st.sampled_from(ZONES), st.sampled_from(TIMINGS))
    def test_timings(self, batches: list[list[Answer]], zone: str, kind: tuple[str, str]) -> None:
        metric = make_metric(make_squad(zone=zone), instrument=kind[0], statistic=kind[1])

        for batch in batches:
            keep(Reading(metric.pk, at, None, distribution=counts) for at, _, _, counts in batch)

        assert_recounted(metric)


def keep(readings: Iterable[Reading]) -> None:
    samples.keep(readings, origin=Origin.HAND, taken_at=START + timedelta(days=30))


def assert_recounted(metric: Metric) -> None:
    zone = ZoneInfo(metric.squad.zone)
    kept = list(Sample.objects.filter(metric=metric).order_by("at"))
    folded = list(Rollup.objects.filter(metric=metric).order_by("grain", "start").values())

    assert {(row["grain"], row["start"]) for row in folded} == {
        *(("hour", start_of_hour(sample.at)) for sample in kept),
        *(("day", start_of_day(sample.at, zone)) for sample in kept),
    }
    for row in folded:
        start_of = start_of_hour if row["grain"] == "hour" else lambda at: start_of_day(at, zone)
        inside = [sample for sample in kept if start_of(sample.at) == row["start"]]
        counted = recount_of_timings(metric, inside) if metric.is_timer else recount(metric, inside)
        assert {key: value for key, value in row.items() if key in counted} == pytest.approx(counted, abs=1e-6)

    rollups.rebuild(metric)
    assert list(Rollup.objects.filter(metric=metric).order_by("grain", "start").values()) == folded


def start_of_hour(at: datetime) -> datetime:
    return at.replace(minute=0)


def start_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)


def recount(metric: Metric, inside: list[Sample]) -> dict[str, Any]:
    some = [(sample.value, sample.weight) for sample in inside if sample.value is not None]
    numbers = [value for value, _ in some]
    weight = sum(weight for _, weight in some)
    row = {
        "samples": len(inside),
        "count": len(some),
        "total": math.fsum(numbers) if some else None,
        "weight": weight,
        "weighted": math.fsum(value * weight for value, weight in some) if some else None,
        "lowest": min(numbers, default=None),
        "highest": max(numbers, default=None),
        "first": numbers[0] if some else None,
        "last": numbers[-1] if some else None,
    }
    mean = row["weighted"] / weight if weight and row["weighted"] is not None else None
    by_statistic = {"sum": row["total"], "mean": mean, "last": row["last"], "min": row["lowest"]}
    return row | {"reading": by_statistic[metric.statistic]}


def recount_of_timings(metric: Metric, inside: list[Sample]) -> dict[str, Any]:
    timed = sorted(float(k) for sample in inside for k, n in (sample.distribution or {}).items() for _ in range(n))
    row: dict[str, Any] = {"samples": len(inside), "count": len(timed), "total": sum(timed) if timed else None}
    if not timed:
        return row | {"reading": None, "distribution": None}

    rank = {"p50": 0.5, "p90": 0.9, "max": 1.0}.get(metric.statistic, 0)
    reading = timed[math.ceil(rank * len(timed)) - 1] if rank else sum(timed) / len(timed)
    return row | {"lowest": timed[0], "highest": timed[-1], "reading": reading}


@pytest.mark.django_db
def test_a_new_zone_means_new_days() -> None:
    metric = make_metric(make_squad(zone="Europe/Stockholm"), instrument="counter", statistic="sum")
    keep(Reading(metric.pk, START + timedelta(hours=n), 1.0) for n in range(-1, 23))
    metric.squad.zone = "Asia/Tokyo"
    metric.squad.save()

    rollups.rebuild(metric)

    days = Rollup.objects.filter(grain="day").order_by("start").values_list("start", "reading")
    assert list(days) == [(START - timedelta(hours=9), 16.0), (START + timedelta(hours=15), 8.0)]


def test_an_ambiguous_midnight_starts_one_day() -> None:
    azores = ZoneInfo("Atlantic/Azores")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 00:30 local time, which comes twice that night

    assert rollups.bounds(first, Cadence.DAY, azores) == rollups.bounds(first + timedelta(hours=1), Cadence.DAY, azores)
