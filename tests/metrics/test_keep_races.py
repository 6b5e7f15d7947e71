"""Two writers of one hour."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from metrics.actions import samples
from metrics.actions.samples import Kept
from metrics.models import Rollup, Sample
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric, make_squad
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def keeping(*readings: Reading) -> Callable[[], Kept]:
    return partial(samples.keep, readings, origin=Origin.PULL, taken_at=NOON + timedelta(days=1))


def two_writers_of_one_hour() -> None:
    metric = make_metric(make_squad(), statistic="mean")
    race(keeping(Reading(metric.pk, NOON, 1.0)), keeping(Reading(metric.pk, NOON + timedelta(minutes=1), 3.0))).result()


def test_two_writers_of_one_hour_lose_nothing() -> None:
    two_writers_of_one_hour()

    assert Sample.objects.count() == 2
    assert set(Rollup.objects.values_list("samples", "reading")) == {(2, 2.0)}


def test_without_the_lock_they_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "hold", lambda _: None)

    two_writers_of_one_hour()

    assert Sample.objects.count() == 2
    assert set(Rollup.objects.values_list("samples", "reading")) == {(1, 3.0)}


def test_writers_of_many_metrics_in_any_order_do_not_deadlock() -> None:
    squad = make_squad()
    forth = [Reading(make_metric(squad).pk, NOON, 1.0) for _ in range(5)]
    back = [Reading(each.metric_id, NOON + timedelta(minutes=1), 2.0) for each in reversed(forth)]

    second = race(keeping(*forth), keeping(*back))

    assert second.result() == Kept(new=5)
    assert set(Rollup.objects.values_list("samples", flat=True)) == {2}
