"""Whom a mail asks for which number, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from mdd.models import Membership, Role, Squad, User
from metrics.actions import samples
from metrics.delivery import planning
from metrics.models import Delivery, Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests import builders
from tests.races import race

# Stockholm is an hour ahead of UTC then, and 2 March 2026 a Monday.
EIGHT = datetime(2026, 3, 2, 7, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_metric(squad: Squad, **fields: Any) -> Metric:
    return builders.make_metric(squad, created_at=EIGHT - 30 * DAY, **fields)


def plan(now: datetime = EIGHT) -> list[Delivery]:
    planning.plan(now)
    return list(Delivery.objects.order_by("pk"))


def write_down(metric: Metric, at: datetime) -> None:
    samples.keep([Reading(metric.pk, at, 1.0)], origin=Origin.HAND, taken_at=EIGHT)


def test_a_weekly_number_is_asked_for_the_week_that_is_over(squad: Squad, mia: User) -> None:
    metric = make_metric(squad, owner=mia, hand_cadence="week")

    (asked,) = plan()

    assert (asked.user, asked.metric, asked.state) == (mia, metric, "waiting")
    assert asked.slot == datetime(2026, 2, 22, 23, tzinfo=UTC)
    assert asked.week == EIGHT.date()
    assert asked.expires_at == EIGHT + 14 * DAY


def test_a_daily_number_is_asked_for_yesterday(squad: Squad) -> None:
    make_metric(squad)

    assert plan()[0].slot == datetime(2026, 2, 28, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (EIGHT - timedelta(seconds=1), 0),
        (EIGHT, 1),
        (EIGHT + 23 * HOUR, 1),
        (EIGHT + 25 * HOUR, 0),
        (EIGHT + 6 * DAY, 0),
        (EIGHT + 7 * DAY, 1),
    ],
    ids=["too early", "at eight", "a machine was off", "too late", "on Sunday", "next week"],
)
def test_mails_are_planned_from_eight_on_the_first_day_of_the_week(squad: Squad, now: datetime, number: int) -> None:
    make_metric(squad)

    assert len(plan(now)) == number


@pytest.mark.parametrize(
    ("zone", "week_start", "eight"),
    [
        ("America/New_York", 0, datetime(2026, 3, 2, 13, tzinfo=UTC)),
        ("Asia/Tokyo", 0, datetime(2026, 3, 1, 23, tzinfo=UTC)),
        ("Europe/Stockholm", 6, datetime(2026, 3, 1, 7, tzinfo=UTC)),
        ("Europe/Stockholm", 0, datetime(2026, 3, 30, 6, tzinfo=UTC)),
    ],
)
def test_eight_is_by_the_squads_own_clock(db: None, zone: str, week_start: int, eight: datetime) -> None:
    make_metric(builders.make_squad(zone=zone, week_start=week_start))

    assert plan(eight - timedelta(seconds=1)) == []
    assert len(plan(eight)) == 1


def test_a_week_is_asked_for_once_however_often_it_is_planned(squad: Squad) -> None:
    make_metric(squad)

    plan()

    assert len(plan(EIGHT + HOUR)) == 1


def test_what_is_asked_stays_the_same_after_midnight(squad: Squad) -> None:
    metric = make_metric(squad)
    write_down(metric, datetime(2026, 2, 28, 23, tzinfo=UTC))

    assert plan(EIGHT + 20 * HOUR) == []


def unsubscribe(squad: Squad, mia: User) -> None:
    Membership.objects.filter(squad=squad, user=mia).update(is_asked_by_mail=False)


def only_look(squad: Squad, mia: User) -> None:
    Membership.objects.filter(squad=squad, user=mia).update(role=Role.VIEWER)


def part(squad: Squad, mia: User) -> None:
    Membership.objects.filter(squad=squad, user=mia).delete()


def be_inactive(squad: Squad, mia: User) -> None:
    User.objects.filter(pk=mia.pk).update(is_active=False)


def have_written(squad: Squad, mia: User) -> None:
    write_down(squad.metrics.get(), datetime(2026, 2, 28, 23, tzinfo=UTC))


@pytest.mark.parametrize("happened", [unsubscribe, only_look, part, be_inactive, have_written])
def test_nobody_is_asked_in_vain(squad: Squad, mia: User, happened: Any) -> None:
    make_metric(squad, owner=mia)
    happened(squad, mia)

    assert plan() == []


@pytest.mark.parametrize("state", ["draft", "paused", "retired"])
def test_a_metric_that_is_not_in_use_asks_nobody(squad: Squad, state: str) -> None:
    make_metric(squad, state=state)

    assert plan() == []


def test_what_a_source_answers_asks_nobody(squad: Squad) -> None:
    make_metric(squad, query=builders.make_query(squad))

    assert plan() == []


def test_a_metric_that_was_made_this_week_waits_for_the_next(squad: Squad) -> None:
    metric = make_metric(squad)
    Metric.objects.filter(pk=metric.pk).update(created_at=EIGHT - HOUR)

    assert plan() == []
    assert len(plan(EIGHT + 7 * DAY)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_plan_one_mail() -> None:
    make_metric(builders.make_squad())

    race(partial(planning.plan, EIGHT), partial(planning.plan, EIGHT)).result()

    assert Delivery.objects.count() == 1
