"""Readings become samples, revisions and roll-ups."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mdd.models import Squad, User
from metrics.actions import samples
from metrics.actions.samples import Kept
from metrics.models import Metric, Rollup, Sample, SampleRevision
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric, make_query

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=2)


@pytest.fixture
def metric(squad: Squad) -> Metric:
    return make_metric(squad, query=make_query(squad), statistic="mean")


def keep(metric: Metric, value: float | None, *, at: datetime = NOON, taken_at: datetime = LATER, **how: Any) -> Kept:
    how = {"origin": Origin.PULL} | how
    return samples.keep([Reading(metric.pk, at, value)], taken_at=taken_at, **how)


def test_a_new_value_is_a_sample_with_an_hour_and_a_day(metric: Metric) -> None:
    assert keep(metric, 4.5) == Kept(new=1)

    sample = Sample.objects.get()
    assert (sample.at, sample.value, sample.origin, sample.taken_at) == (NOON, 4.5, "pull", LATER)
    assert sorted(Rollup.objects.values_list("grain", "start", "reading")) == [
        ("day", datetime(2026, 3, 9, 23, tzinfo=UTC), 4.5),
        ("hour", NOON, 4.5),
    ]


def test_no_readings_are_nothing_to_do(db: None) -> None:
    assert samples.keep([], origin=Origin.PULL, taken_at=LATER) == Kept()


def test_the_same_value_again_changes_nothing(metric: Metric) -> None:
    keep(metric, 4.5)
    metric.refresh_from_db()

    assert keep(metric, 4.5, taken_at=LATER + timedelta(hours=1)) == Kept(same=1)

    assert Sample.objects.get().taken_at == LATER
    assert Metric.objects.get().changed_at == metric.changed_at
    assert not SampleRevision.objects.exists()


def test_another_value_moves_the_old_one_to_the_revisions(metric: Metric, mia: User) -> None:
    keep(metric, 4.5)

    kept = keep(metric, 5, origin=Origin.HAND, by=mia, reason="typing error", taken_at=LATER + timedelta(hours=1))

    old = SampleRevision.objects.get()
    assert kept == Kept(changed=1)
    assert (old.value, old.origin, old.taken_at, old.by) == (4.5, "pull", LATER, None)
    assert (old.replaced_by, old.reason) == (mia, "typing error")
    assert Sample.objects.get().value == 5
    assert set(Rollup.objects.values_list("reading", flat=True)) == {5.0}


def test_a_value_pulled_before_its_slot_ended_is_replaced_without_a_trace(metric: Metric) -> None:
    keep(metric, 4.5, taken_at=NOON + timedelta(minutes=30))

    assert keep(metric, 5) == Kept(changed=1)

    assert Sample.objects.get().value == 5
    assert not SampleRevision.objects.exists()


def test_a_week_that_begins_on_sunday_is_provisional_until_saturday(squad: Squad) -> None:
    squad.week_start = Squad.Weekday.SUNDAY
    squad.save()
    metric = make_metric(squad, query=make_query(squad, cadence="week"))
    sunday = datetime(2026, 3, 7, 23, tzinfo=UTC)

    keep(metric, 4.5, at=sunday, taken_at=sunday + timedelta(days=6))
    keep(metric, 5, at=sunday, taken_at=sunday + timedelta(days=7))
    keep(metric, 6, at=sunday, taken_at=sunday + timedelta(days=8))

    assert SampleRevision.objects.get().value == 5


def test_a_provisional_value_that_holds_becomes_final(metric: Metric) -> None:
    keep(metric, 4.5, taken_at=NOON + timedelta(minutes=30))

    assert keep(metric, 4.5) == Kept(same=1)

    assert Sample.objects.get().taken_at == LATER
    assert set(Rollup.objects.values_list("taken_at", flat=True)) == {LATER}


def test_a_correction_by_hand_is_never_provisional(metric: Metric, mia: User) -> None:
    keep(metric, 4.5, taken_at=NOON + timedelta(minutes=30))

    keep(metric, 5, origin=Origin.HAND, by=mia, taken_at=NOON + timedelta(minutes=40))

    assert SampleRevision.objects.get().value == 4.5


def test_what_was_taken_later_stays(metric: Metric) -> None:
    keep(metric, 4.5)

    assert keep(metric, 5, taken_at=LATER - timedelta(seconds=1)) == Kept(same=1)

    assert Sample.objects.get().value == 4.5


def test_a_change_of_value_marks_the_metric_as_changed(metric: Metric) -> None:
    before = metric.changed_at

    keep(metric, 4.5)

    metric.refresh_from_db()
    assert metric.changed_at > before


def test_asked_and_nothing_happened_is_no_value_and_not_zero(metric: Metric) -> None:
    keep(metric, None)

    day = Rollup.objects.get(grain="day")
    assert (day.samples, day.count, day.total, day.reading) == (1, 0, None, None)


def test_a_mean_weighs_its_values(metric: Metric) -> None:
    hours = [(0, 80.0, 30.0), (1, 50.0, 10.0), (2, None, 0.0)]
    incoming = [Reading(metric.pk, NOON + timedelta(hours=n), value, weight) for n, value, weight in hours]

    samples.keep(incoming, origin=Origin.PULL, taken_at=LATER)

    day = Rollup.objects.get(grain="day")
    assert (day.reading, day.first, day.last, day.lowest, day.highest) == (72.5, 80, 50, 50, 80)


def test_a_counter_adds_up_over_the_day_of_the_squad(squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad), instrument="counter", statistic="sum")
    night = datetime(2026, 3, 28, 22, tzinfo=UTC)  # 23:00 in Stockholm; the next day has 23 hours
    incoming = [Reading(metric.pk, night + timedelta(hours=n), 1) for n in range(26)]

    samples.keep(incoming, origin=Origin.PULL, taken_at=LATER + timedelta(days=30))

    assert list(Rollup.objects.filter(grain="day").order_by("start").values_list("reading", flat=True)) == [1, 23, 2]


def test_a_timer_merges_its_distributions(squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad), instrument="timer", statistic="p90")
    incoming = [
        Reading(metric.pk, NOON, None, distribution={"5": 6, "2.5": 2, "60.0": 0}),
        Reading(metric.pk, NOON + timedelta(hours=1), None, distribution={5: 1, 90: 1}),
        Reading(metric.pk, NOON + timedelta(hours=2), None, distribution={}),
    ]

    samples.keep(incoming, origin=Origin.PULL, taken_at=LATER)

    day = Rollup.objects.get(grain="day")
    assert (day.reading, day.count, day.total) == (5, 10, 130)
    assert day.distribution == {"2.5": 2, "5": 7, "90": 1}


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [("p50", 5), ("p75", 8), ("p90", 9), ("p95", 10), ("p99", 10), ("mean", 5.5), ("min", 1), ("max", 10)],
)
def test_a_percentile_is_the_nearest_rank(squad: Squad, statistic: str, expected: float) -> None:
    metric = make_metric(squad, query=make_query(squad), instrument="timer", statistic=statistic)
    one_to_ten = dict.fromkeys(range(1, 11), 1)

    samples.keep([Reading(metric.pk, NOON, None, distribution=one_to_ten)], origin=Origin.PULL, taken_at=LATER)

    assert Rollup.objects.get(grain="day").reading == expected


def test_a_bare_value_of_a_timer_is_one_thing_timed(squad: Squad) -> None:
    metric = make_metric(squad, instrument="timer", statistic="p50")

    keep(metric, 12.0)

    assert (Sample.objects.get().value, Sample.objects.get().distribution) == (None, {"12": 1})
    assert Rollup.objects.get(grain="day").reading == 12


def test_segments_are_folded_apart(metric: Metric) -> None:
    incoming = [Reading(metric.pk, NOON, 1.0, segment="north"), Reading(metric.pk, NOON, 3.0)]

    samples.keep(incoming, origin=Origin.PULL, taken_at=LATER)

    assert set(Rollup.objects.filter(grain="day").values_list("segment", "reading")) == {("north", 1), ("", 3)}


def test_two_readings_for_one_slot_are_refused_whole(metric: Metric) -> None:
    with pytest.raises(ValueError, match="Two readings"):
        samples.keep([Reading(metric.pk, NOON, 1.0)] * 2, origin=Origin.PULL, taken_at=LATER)

    assert not Sample.objects.exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_reading_is_a_finite_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Reading(1, NOON, value)


def test_a_reading_has_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Reading(1, NOON.replace(tzinfo=None), 1.0)


@pytest.mark.parametrize("distribution", [{5: -1}, {5: 1.5}, {float("nan"): 1}])
def test_a_distribution_counts_things_by_finite_bounds(squad: Squad, distribution: dict[Any, Any]) -> None:
    metric = make_metric(squad, instrument="timer", statistic="p50")

    with pytest.raises(ValueError, match="distribution"):
        samples.keep([Reading(metric.pk, NOON, None, distribution=distribution)], origin=Origin.CSV, taken_at=LATER)
