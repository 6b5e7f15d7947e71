"""Where a squad is in the loop, read from what happened."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from mdd.models import Deliverable, Squad, User
from metrics.actions import dashboards
from metrics.models import Metric, Ruling
from tests import builders
from tests.loops.builders import change_state, loop_at, move, moved_at, states
from workshops import facts, loops, rings
from workshops.actions import workshops
from workshops.models import Adoption, Workshop

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def with_numbers(squad: Squad, ada: User) -> Metric:
    """A metric with a goal on a dashboard."""
    metric = builders.make_metric(squad, owner=ada)
    builders.make_goal(metric)
    dashboards.add_tile(builders.make_dashboard(squad), metric, by=ada)
    return metric


def test_a_new_squad_is_at_the_first_question_and_its_round_has_not_begun(squad: Squad) -> None:
    loop = loop_at(squad)

    assert states(loop) == {"deliver": "now"}
    assert (loop.days, loop.since) == (0, None)


def test_a_squad_that_writes_its_answers_by_hand_moves_on_with_each(squad: Squad, ada: User) -> None:
    builders.make_expectation(squad, ada)

    assert states(loop_at(squad)) == {
        "deliver": "done",
        "customers": "done",
        "expectations": "done",
        "meeting": "now",
    }


def test_a_squad_that_only_measures_is_at_its_metrics_and_claims_no_answers(squad: Squad) -> None:
    builders.make_metric(squad)

    assert states(loop_at(squad)) == {"metrics": "now"}


def test_a_squad_with_numbers_on_a_dashboard_is_there(squad: Squad, ada: User) -> None:
    with_numbers(squad, ada)

    assert states(loop_at(squad)) == {"metrics": "done", "dashboards": "now"}


def test_a_prompt_brings_the_squad_to_reassess_until_it_is_decided(squad: Squad, ada: User) -> None:
    with_numbers(squad, ada)
    prompt = builders.make_prompt(squad)
    asked = states(loop_at(squad))

    Ruling.objects.create(reassessment=prompt, why="storms", solvable="no", decision="retire", reason="enough", by=ada)

    assert asked["reassess"] == "now"
    assert states(loop_at(squad)) | {"dashboards": "now", "reassess": "done"} == states(loop_at(squad))


def test_a_prompt_that_is_put_off_sleeps_until_the_squads_own_morning(squad: Squad, ada: User) -> None:
    with_numbers(squad, ada)
    tomorrow = timezone.localdate(timezone=squad.tz) + DAY
    builders.make_prompt(squad, snoozed_until=tomorrow, snoozes=1)

    assert loop_at(squad).now.point == "dashboards"
    assert loop_at(squad, timezone.now() + DAY).now.point == "reassess"


@pytest.mark.parametrize(
    ("stage", "point"), [("customers", "customers"), ("meeting", "meeting"), ("prune", "board"), ("wrap-up", "metrics")]
)
def test_a_workshop_says_where_the_squad_is(squad: Squad, ada: User, stage: str, point: str) -> None:
    move(workshops.start(squad, title="Spring", path="whole", by=ada), ada, stage)

    assert loop_at(squad).now.point == point


def test_a_second_round_begins_anew_although_there_are_numbers(squad: Squad, ada: User) -> None:
    with_numbers(squad, ada)
    move(workshops.start(squad, title="Autumn", path="whole", by=ada), ada, "customers")

    assert states(loop_at(squad)) == {"deliver": "done", "customers": "now"}


def test_going_back_loses_nothing(squad: Squad, ada: User) -> None:
    move(workshops.start(squad, title="Spring", path="whole", by=ada), ada, "throw", "deliver")

    assert states(loop_at(squad)) == {"deliver": "now", "board": "done"}


def test_survivors_that_wait_keep_the_squad_at_its_metrics_after_the_close(squad: Squad, ada: User) -> None:
    card = builders.make_card(squad, ada)
    change_state(move(card.workshop, ada, "wrap-up"), ada, Workshop.State.CLOSED)

    loop = loop_at(squad)

    assert (loop.now.point, loop.waiting) == ("metrics", 1)


def test_a_workshop_that_nobody_closed_is_over_once_its_survivors_are_metrics(squad: Squad, ada: User) -> None:
    card = builders.make_card(squad, ada)
    move(card.workshop, ada, "wrap-up")
    assert loop_at(squad).is_in_workshop

    Adoption.objects.create(card=card, metric=with_numbers(squad, ada), by=ada)

    loop = loop_at(squad)
    assert (loop.is_in_workshop, loop.now.point) == (False, "dashboards")


def test_a_workshop_that_rests_for_long_holds_nobody_who_has_numbers(squad: Squad, ada: User) -> None:
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
    change_state(workshop, ada, Workshop.State.PAUSED)
    with_numbers(squad, ada)

    assert loop_at(squad).now.point == "deliver"
    assert loop_at(squad, timezone.now() + 40 * DAY).now.point == "dashboards"


def test_the_time_at_each_stage_is_added_up_from_the_moves(squad: Squad, ada: User) -> None:
    workshop = move(workshops.start(squad, title="Spring", path="whole", by=ada), ada, "customers", "deliver", "throw")
    known = facts.facts_of(Squad.objects.filter(pk=squad.pk), NOON)[0]
    times = (NOON - 9 * DAY, NOON - 7 * DAY, NOON - 6 * DAY, NOON - 3 * DAY)
    moved = facts.Facts(squad, NOON, known.first, known.workshop, moves=moved_at(workshop, *times))

    loop = loops.loop_of(moved)

    assert {each.point.value: each.spent.days for each in loop.stretches if each.state} == {
        "deliver": 5,
        "customers": 1,
        "board": 3,
    }
    assert (loop.days, loop.since) == (10, NOON - 3 * DAY)


def test_days_are_the_squads_own(db: None) -> None:
    squad = builders.make_squad(zone="Pacific/Auckland")
    late = datetime(2026, 5, 3, 11, 59, tzinfo=UTC)  # a minute before midnight in Auckland
    first = dict.fromkeys(facts.firsts(NOON)) | {"deliverable": late}

    loop = loops.loop_of(facts.Facts(squad, late + timedelta(minutes=2), first))

    assert loop.days == 2


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=59), ""),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=23), "23 h"),
        (DAY, "1 day"),
        (41 * DAY, "41 days"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(span: timedelta, said: str) -> None:
    assert rings.spell(span) == said


def test_many_squads_take_as_many_queries_as_one(
    squad: Squad, ada: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    ours = [squad, *(builders.make_squad() for _ in range(4))]
    for each in ours:
        with_numbers(each, ada)
        move(workshops.start(each, title="Spring", path="whole", by=ada), ada, "customers")
        builders.make_prompt(each)
        Deliverable.objects.create(squad=each, text="The desk", by=ada)

    for some in (ours[:1], ours):
        with django_assert_num_queries(4):  # type: ignore[attr-defined]
            found = loops.loops_of(Squad.objects.filter(pk__in=[each.pk for each in some]), timezone.now())
        assert [loop.now.point for loop in found] == ["customers"] * len(some)
