"""What raises a prompt: not before its time, in the squad's own days, and once for each occasion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mdd.models import Squad, User
from metrics import evaluating
from metrics.actions import samples
from metrics.models import Metric, Query, Reassessment, Ruling, Tile
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_dashboard, make_goal, make_metric, make_query, make_squad
from tests.races import race
from tests.reassess.builders import DAY, NOW, TODAY, asked, fill, reach
from tests.reassess.causes import HOUR, evaluate, missed, ownerless, raised, ruled, stale


def off_pace(squad: Squad) -> Metric:
    metric = fill(asked(squad), *[70.0] * 14)
    reach(metric)
    return metric


def to_review(squad: Squad) -> Metric:
    metric = fill(asked(squad), 82.0)
    reach(metric, review_date=TODAY)
    return metric


def degraded(squad: Squad) -> None:
    goal = reach(fill(asked(squad), 82.0))
    Tile.objects.create(dashboard=make_dashboard(squad), metric=goal.metric)
    type(goal).objects.update(state="ended", ended_on=TODAY, ended_because="over")


def dashboard_to_review(squad: Squad) -> None:
    make_dashboard(squad, review_date=TODAY)


CAUSES: list[tuple[str, Callable[[Squad], object]]] = [
    ("missed", missed),
    ("off-pace", off_pace),
    ("review", to_review),
    ("review", dashboard_to_review),
    ("stale", stale),
    ("degraded", degraded),
    ("owner-gone", ownerless),
]


@pytest.mark.parametrize(("trigger", "cause"), CAUSES)
def test_each_occasion_raises_one_prompt_however_often_it_is_seen(
    squad: Squad, trigger: str, cause: Callable[[Squad], object]
) -> None:
    cause(squad)

    for hours in range(3):
        evaluate(NOW + 2 * hours * HOUR)

    assert raised() == [trigger]


@pytest.mark.parametrize(("trigger", "cause"), [each for each in CAUSES if each[0] != "owner-gone"])
def test_what_was_decided_does_not_come_again_for_the_same_occasion(
    squad: Squad, ada: User, trigger: str, cause: Callable[[Squad], object]
) -> None:
    cause(squad)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, decision="adjust", next_review=None)

    evaluate(NOW + 2 * HOUR)

    assert raised() == [trigger]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("trigger", "cause"), CAUSES)
def test_two_evaluators_at_once_raise_it_once(trigger: str, cause: Callable[[Squad], object]) -> None:
    cause(make_squad())

    second = race(lambda: evaluating.evaluate(NOW), lambda: evaluating.evaluate(NOW))

    second.result()
    assert raised() == [trigger]


def test_a_goal_is_not_missed_on_its_last_day(squad: Squad) -> None:
    reach(fill(asked(squad), 75.0, 75.0), due=TODAY, start=TODAY - 30 * DAY)

    evaluate(NOW)

    assert raised() == []


def test_the_last_day_ends_in_the_squads_own_zone(db: None) -> None:
    """At 23:30 UTC it is the next day in Stockholm, and still the same in New York."""
    late = datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
    for zone in ("Europe/Stockholm", "America/New_York"):
        squad = make_squad(zone=zone)
        query = make_query(squad, cadence="day", answered_at=late)
        metric = asked(squad, query=query, name=zone)
        fill(metric, 75.0, 75.0, now=late)
        make_goal(metric, baseline=70.0, target=82.0, start=TODAY - 30 * DAY, due=TODAY)

    evaluate(late)

    assert [prompt.metric.name for prompt in Reassessment.objects.all() if prompt.metric] == ["Europe/Stockholm"]


def test_a_goal_that_was_met_is_not_missed(squad: Squad) -> None:
    reach(fill(asked(squad), 83.0), due=TODAY - DAY)

    evaluate(NOW)

    assert raised() == []


@pytest.mark.parametrize("since", [81.0, None])
def test_a_goal_that_was_met_when_it_was_due_is_not_asked_about_later(squad: Squad, since: float | None) -> None:
    reach(fill(asked(squad), 83.0, since), due=TODAY - 2 * DAY)

    evaluate(NOW)

    assert raised() == []


def test_a_goal_whose_last_day_has_no_answer_to_give_is_asked_about_too(squad: Squad) -> None:
    reach(fill(asked(squad), 75.0, None), due=TODAY - DAY)

    evaluate(NOW)

    assert raised() == ["missed"]


@pytest.mark.parametrize("days", [[70.0] * 13, [70.0] * 10 + [76.0] + [70.0] * 13, [70.0] * 5 + [None] + [70.0] * 13])
def test_off_pace_wants_fourteen_days_in_a_row(squad: Squad, days: list[float | None]) -> None:
    reach(fill(asked(squad), *days))

    evaluate(NOW)

    assert raised() == []


def test_days_before_the_goal_do_not_count(squad: Squad) -> None:
    reach(fill(asked(squad), *[60.0] * 40), start=TODAY - 13 * DAY)

    evaluate(NOW)

    assert raised() == []


def weekly(squad: Squad, weeks: int) -> Metric:
    metric = make_metric(squad, hand_cadence="week", direction="up", unit="%")
    monday = datetime(2026, 3, 8, 23, tzinfo=UTC)
    readings = [Reading(metric.pk, monday - 7 * n * DAY, 70.0) for n in range(weeks)]
    samples.keep(readings, origin=Origin.HAND, taken_at=NOW)
    reach(metric, start=TODAY - 40 * DAY)
    return metric


@pytest.mark.parametrize(("weeks", "expected"), [(2, []), (3, ["off-pace"])])
def test_what_gets_a_value_a_week_is_off_pace_after_three(squad: Squad, weeks: int, expected: list[str]) -> None:
    weekly(squad, weeks)

    evaluate(NOW)

    assert raised() == expected


def test_a_row_that_goes_on_is_the_same_occasion(squad: Squad, ada: User) -> None:
    metric = off_pace(squad)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, next_review=TODAY + DAY)
    Ruling.objects.update(next_review=TODAY + 60 * DAY)

    fill(metric, *[70.0] * 16, now=NOW + 2 * DAY)
    evaluate(NOW + 2 * DAY)

    assert raised() == ["off-pace"]


def test_off_pace_again_after_better_days_is_another_occasion(squad: Squad, ada: User) -> None:
    later = NOW + 20 * DAY
    metric = off_pace(squad)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, next_review=TODAY + DAY, decision="retire")

    fill(metric, *[79.0] * 3, *[70.0] * 15, now=later)
    Query.objects.update(answered_at=later)
    evaluate(later)

    assert raised().count("off-pace") == 2


@pytest.mark.parametrize(
    ("answered", "error"), [(NOW - 3 * DAY, ""), (NOW - 2 * DAY, "AUTH"), (NOW - timedelta(hours=80), None)]
)
def test_silence_is_told_after_more_than_three_days(squad: Squad, answered: datetime, error: str | None) -> None:
    fill(asked(squad), 82.0)
    Query.objects.update(answered_at=answered, error_code=error or "", error_at=NOW if error else None)

    evaluate(NOW)

    assert raised() == (["stale"] if error is None else [])


def test_a_source_that_refuses_for_days_is_told_though_it_never_answered(squad: Squad) -> None:
    asked(squad)
    Query.objects.update(answered_at=None, error_code="AUTH", error_at=NOW, created_at=NOW - 4 * DAY)

    evaluate(NOW)

    assert raised() == ["stale"]


def test_a_second_silence_is_another_occasion(squad: Squad, ada: User) -> None:
    later = NOW + 30 * DAY
    metric = stale(squad)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, next_review=TODAY + DAY, decision="retire")

    fill(metric, 82.0, now=NOW + 10 * DAY)
    Query.objects.update(answered_at=NOW + 10 * DAY)
    evaluate(later)

    assert raised().count("stale") == 2


def test_an_undecided_prompt_is_not_doubled_by_the_next_occasion(squad: Squad) -> None:
    metric = stale(squad)
    evaluate(NOW)

    fill(metric, 82.0, now=NOW + 10 * DAY)
    Query.objects.update(answered_at=NOW + 10 * DAY)
    evaluate(NOW + 30 * DAY)

    assert raised() == ["stale"]


def test_a_row_that_reaches_further_back_than_is_loaded_is_no_new_one(squad: Squad, ada: User) -> None:
    metric = fill(asked(squad), 79.0, *[70.0] * 20)
    reach(metric, start=TODAY - 60 * DAY, due=TODAY + 300 * DAY)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, decision="adjust", next_review=None)
    much_later = NOW + 120 * DAY

    fill(metric, *[70.0] * 120, now=much_later)
    Query.objects.update(answered_at=much_later)
    evaluate(much_later)

    assert raised() == ["off-pace"]
