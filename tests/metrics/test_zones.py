"""A squad moves to another time zone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from mdd.models import AuditEntry, Squad, User
from metrics.actions import samples, zones
from metrics.models import Backfill, Metric, Query, Refresh, Rollup, Sample
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric, make_query, make_squad
from tests.races import alone, is_somebody_waiting_for_us, until

MIDNIGHT = datetime(2026, 3, 9, 23, tzinfo=UTC)  # of 10 March in Stockholm
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def keep(metric: Metric, *readings: tuple[datetime, float]) -> None:
    samples.keep(
        [Reading(metric.pk, at, value) for at, value in readings], origin=Origin.HAND, taken_at=MIDNIGHT + 30 * DAY
    )


def days(metric: Metric) -> list[tuple[datetime, float | None]]:
    return list(Rollup.objects.filter(metric=metric, grain="day").order_by("start").values_list("start", "reading"))


def test_hours_fall_into_the_new_days(squad: Squad, ada: User) -> None:
    metric = make_metric(squad, query=make_query(squad), instrument="counter", statistic="sum")
    keep(metric, *[(MIDNIGHT + n * HOUR, 1.0) for n in range(24)])

    zones.move(squad, zone="UTC", by=ada)

    assert days(metric) == [(MIDNIGHT - 23 * HOUR, 1.0), (MIDNIGHT + HOUR, 23.0)]
    assert Squad.objects.get(pk=squad.pk).zone == "UTC"
    assert AuditEntry.objects.get(what="zone-changed").before == {"zone": "Europe/Stockholm", "week_start": 0}


@pytest.mark.parametrize(
    ("zone", "shift"), [("America/New_York", 5 * HOUR), ("Asia/Tokyo", -8 * HOUR), ("Europe/Berlin", 0 * HOUR)]
)
def test_a_value_of_a_day_keeps_its_date(squad: Squad, ada: User, zone: str, shift: timedelta) -> None:
    metric = make_metric(squad)
    keep(metric, (MIDNIGHT, 1.0), (MIDNIGHT + DAY, 2.0))

    zones.move(squad, zone=zone, by=ada)

    # New York's clock is an hour ahead since 8 March, Stockholm's is not yet.
    first = datetime(2026, 3, 10, tzinfo=squad.tz).astimezone(UTC) + shift
    assert days(metric) == [(first, 1.0), (first + DAY, 2.0)]


def test_dates_hold_where_zones_are_a_whole_day_apart(ada: User) -> None:
    squad = make_squad(zone="Pacific/Kiritimati")
    metric = make_metric(squad)
    first = datetime(2026, 3, 10, tzinfo=squad.tz)
    keep(metric, *[(first + n * DAY, float(n)) for n in range(5)])

    zones.move(squad, zone="Pacific/Honolulu", by=ada)

    values = list(Sample.objects.order_by("at").values_list("at", "value"))
    assert values == [(first + (n + 1) * DAY, float(n)) for n in range(5)]


def test_what_is_asked_a_day_is_asked_again_by_the_new_midnights(squad: Squad, ada: User) -> None:
    query = make_query(squad, cadence="day", next_slot=MIDNIGHT + 3 * DAY)
    make_metric(squad, query=query)
    Refresh.objects.create(query=query, slot=MIDNIGHT, until=MIDNIGHT + DAY, due_at=MIDNIGHT + DAY)

    zones.move(squad, zone="UTC", by=ada)

    query.refresh_from_db()
    assert query.next_slot == MIDNIGHT + HOUR + 3 * DAY
    assert Refresh.objects.get(backfill=None).state == "cancelled"
    assert Backfill.objects.get().query == query


def test_what_was_given_up_does_not_come_back_with_the_old_midnights(squad: Squad, ada: User) -> None:
    query = make_query(squad, cadence="day", next_slot=MIDNIGHT + 3 * DAY)
    make_metric(squad, query=query)
    end = MIDNIGHT + DAY
    Refresh.objects.create(
        query=query, slot=MIDNIGHT, until=end, due_at=end, finished_at=end, state="dead", error_code="AUTH"
    )

    zones.move(squad, zone="UTC", by=ada)

    assert Refresh.objects.get(backfill=None).state == "cancelled"


def test_what_is_asked_an_hour_goes_on_as_it_was(squad: Squad, ada: User) -> None:
    query = make_query(squad)
    make_metric(squad, query=query)

    zones.move(squad, zone="UTC", by=ada)

    assert Query.objects.get().next_slot == query.next_slot
    assert not Backfill.objects.exists()


@pytest.mark.parametrize(("week_start", "days_on"), [(6, -1), (5, -2), (0, 0)])
def test_a_value_of_a_week_goes_to_the_week_it_shares_most_days_with(
    squad: Squad, ada: User, week_start: int, days_on: int
) -> None:
    metric = make_metric(squad, hand_cadence="week")
    monday = datetime(2026, 3, 2, tzinfo=squad.tz)
    keep(metric, (monday, 1.0), (monday + 7 * DAY, 2.0))

    zones.move(squad, zone="UTC", week_start=week_start, by=ada)

    first = datetime(2026, 3, 2, tzinfo=UTC) + days_on * DAY
    assert days(metric) == [(first, 1.0), (first + 7 * DAY, 2.0)]


def test_another_first_day_leaves_days_and_daily_queries_as_they_were(squad: Squad, ada: User) -> None:
    metric = make_metric(squad)
    make_metric(squad, query=make_query(squad, cadence="day", next_slot=MIDNIGHT))
    keep(metric, (MIDNIGHT, 1.0))

    zones.move(squad, zone=squad.zone, week_start=6, by=ada)

    assert days(metric) == [(MIDNIGHT, 1.0)]
    assert not Backfill.objects.exists()


def test_the_clock_it_has_already_changes_nothing(squad: Squad, ada: User) -> None:
    zones.move(squad, zone=squad.zone, week_start=squad.week_start, by=ada)

    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_just_being_kept_and_the_new_clock_wait_for_each_other_in_one_order(
    squad: Squad, ada: User
) -> None:
    query = make_query(squad, cadence="day", next_slot=MIDNIGHT + DAY)
    metric = make_metric(squad, query=query)
    asked = Refresh.objects.create(query=query, slot=MIDNIGHT, until=MIDNIGHT + DAY, due_at=MIDNIGHT + DAY)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Refresh.objects.filter(pk=asked.pk).update(state=Refresh.State.DONE, finished_at=MIDNIGHT + DAY)
            moving = pool.submit(alone, lambda: zones.move(squad, zone="UTC", by=ada))
            until(lambda: moving.done() or is_somebody_waiting_for_us())
            keep(metric, (MIDNIGHT, 1.0))
        moving.result(timeout=20)

    assert days(metric) == [(MIDNIGHT + HOUR, 1.0)]
