"""What each decision does, to whom it answers, and that there is one of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mdd.models import Role, Squad, User
from metrics.actions import reassessments as actions
from metrics.actions.reassessments import Answers, Refused
from metrics.models import Action, Goal, Metric, Query, Reassessment, Ruling, Tile
from metrics.triggers import Choice
from metrics.views import prompt as prompts
from tests.builders import make_dashboard, make_goal, make_member, make_squad
from tests.races import race
from tests.reassess.builders import DAY, asked, fill, make_prompt, reach
from tests.reassess.deciding import decide, off_pace, to_keep, to_retire, today, typed


def to_adjust(squad: Squad, **fields: Any) -> dict[str, Any]:
    new = {
        "adjust-form": "reach",
        "adjust-baseline": "70",
        "adjust-target": "90",
        "adjust-start": today(squad).isoformat(),
        "adjust-due": (today(squad) + 90 * DAY).isoformat(),
        "adjust-if_wrong": "ask the desk why",
    }
    return typed(decision="adjust", **new) | fields


def test_keeping_promises_an_action_and_another_look(as_lea: Client, goal: Goal, mia: User) -> None:
    prompt = make_prompt(goal)

    response = as_lea.post(prompt.get_absolute_url(), to_keep(prompt.squad, mia))

    ruling, action = Ruling.objects.get(), Action.objects.get()
    assert response.status_code == 302
    assert (ruling.decision, ruling.why, ruling.reason) == ("keep", "Nobody calls back", "Worth one more try")
    assert ruling.next_review == today(prompt.squad) + 28 * DAY
    assert (action.owner, action.text, action.metric, action.reassessment) == (
        mia,
        "Call back within an hour",
        goal.metric,
        prompt,
    )
    assert Goal.objects.get().state == "active"


def test_adjusting_lets_a_new_goal_take_over(as_lea: Client, goal: Goal) -> None:
    prompt = make_prompt(goal)

    as_lea.post(prompt.get_absolute_url(), to_adjust(prompt.squad))

    goal.refresh_from_db()
    new = Goal.objects.get(state="active")
    assert (goal.state, goal.succeeded_by, goal.ended_because) == ("ended", new, "Worth one more try")
    assert (new.target, Ruling.objects.get().goal) == (90.0, new)
    assert not Action.objects.exists()


def test_retiring_takes_the_metric_off_and_keeps_the_lesson(as_lea: Client, goal: Goal) -> None:
    prompt = make_prompt(goal)
    Tile.objects.create(dashboard=make_dashboard(prompt.squad), metric=goal.metric)

    as_lea.post(prompt.get_absolute_url(), to_retire())

    page = as_lea.get(goal.metric.get_absolute_url()).content.decode()
    assert Metric.objects.get().state == "retired"
    assert not Tile.objects.exists()
    assert not Goal.objects.active().exists()
    assert "What was learned: Nobody would act on it" in page
    assert "Reassess this goal" not in page


def test_what_was_kept_is_told_on_the_metrics_page(as_lea: Client, goal: Goal, mia: User) -> None:
    prompt = make_prompt(goal)
    as_lea.post(prompt.get_absolute_url(), to_keep(prompt.squad, mia))

    page = as_lea.get(goal.metric.get_absolute_url()).content.decode()

    assert "Kept: Worth one more try" in page
    assert "Call back within an hour" in page


@pytest.mark.parametrize("decision", ["keep", "adjust"])
def test_a_decision_answers_all_that_is_asked_about_the_goal(squad: Squad, lea: User, decision: str) -> None:
    goal = off_pace(squad)
    first, second = make_prompt(goal), make_prompt(goal, trigger="missed")
    other = make_prompt(off_pace(squad))
    data = to_keep(squad, lea) if decision == "keep" else to_adjust(squad)

    decide(first, data, lea)

    assert set(Reassessment.objects.undecided()) == {other}
    assert second.ruling.goal is None


def test_retiring_answers_all_that_is_asked_about_the_metric(squad: Squad, goal: Goal, lea: User) -> None:
    first = make_prompt(goal)
    make_prompt(goal, trigger="stale", subject=f"metrics.metric:{goal.metric.pk}")

    decide(first, to_retire(), lea)

    assert not Reassessment.objects.undecided().exists()


def test_the_second_to_decide_sees_the_first_decision_and_one_sentence(
    as_lea: Client, as_ada: Client, goal: Goal, ada: User
) -> None:
    prompt = make_prompt(goal)
    as_ada.post(prompt.get_absolute_url(), to_keep(prompt.squad, ada))

    response = as_lea.post(prompt.get_absolute_url(), to_retire(), follow=True)

    page = response.content.decode()
    assert "Ada has decided this already: kept. Nothing of yours was written." in page
    assert "Worth one more try" in page
    assert Metric.objects.get().state == "active"


def test_sending_a_decision_twice_decides_once(as_lea: Client, goal: Goal, mia: User) -> None:
    prompt = make_prompt(goal)
    data = to_keep(prompt.squad, mia)

    as_lea.post(prompt.get_absolute_url(), data)
    again = as_lea.post(prompt.get_absolute_url(), data, follow=True)

    assert "already" not in again.content.decode()
    assert Action.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_at_once_one_decides() -> None:
    squad = make_squad()
    goal = off_pace(squad)
    lea, leo = make_member(squad, Role.LEAD, name="Lea"), make_member(squad, Role.LEAD, name="Leo")
    first, second = make_prompt(goal), make_prompt(goal, trigger="missed")

    late = race(lambda: decide(first, to_adjust(squad), lea), lambda: decide(second, to_retire(), leo))

    with pytest.raises(Refused, match="Lea has decided this already: adjusted"):
        late.result()
    assert Goal.objects.count() == 2
    assert Metric.objects.get().state == "active"


def test_a_decision_that_cannot_be_done_leaves_nothing_behind(squad: Squad, lea: User, goal: Goal) -> None:
    def fails(*_: Any) -> None:
        Action.objects.create(squad=squad, text="half done", owner=lea, by=lea, due=goal.due)
        raise ZeroDivisionError

    prompt = make_prompt(goal)
    case = prompts.case_of(prompt)
    choice = Choice(Ruling.Decision.RETIRE, "", "", lambda: None, fails)  # type: ignore[arg-type, return-value]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.decide(case, answers=Answers(choice, "x", "yes", "x", {}), by=lea)

    assert not Action.objects.exists()
    assert not Ruling.objects.exists()


def test_days_that_another_goal_covers_are_asked_again(as_lea: Client, goal: Goal) -> None:
    make_goal(
        goal.metric,
        start=goal.start - 40 * DAY,
        due=goal.start - DAY,
        state="ended",
        ended_on=goal.start,
        ended_because="x",
    )
    prompt = make_prompt(goal)
    early = (goal.start - DAY).isoformat()

    response = as_lea.post(prompt.get_absolute_url(), to_adjust(prompt.squad, **{"adjust-start": early}))

    assert response.status_code == 422
    assert "covers some of these days" in response.content.decode()
    assert Goal.objects.active().get() == goal


@pytest.mark.parametrize(
    ("left", "target", "is_asked"), [(8, "80", True), (8, "90", False), (12, "80", False), (0, "80", True)]
)
def test_lowering_a_goal_that_is_about_to_be_judged_has_to_be_meant(
    as_lea: Client, squad: Squad, left: int, target: str, is_asked: bool
) -> None:
    goal = off_pace(squad)
    Goal.objects.all().delete()
    goal = reach(goal.metric, start=today(squad) - (80 - left) * DAY, due=today(squad) + left * DAY)
    prompt = make_prompt(goal)
    data = to_adjust(squad, **{"adjust-target": target})

    first = as_lea.post(prompt.get_absolute_url(), data)
    before = Ruling.objects.count()
    as_lea.post(prompt.get_absolute_url(), data | {"adjust-is_meant": "on"})

    assert first.status_code == (422 if is_asked else 302)
    assert (before, Ruling.objects.count()) == (0 if is_asked else 1, 1)


@pytest.mark.parametrize(
    ("seen", "fields", "form"),
    [
        (91.0, {"baseline": 70.0, "target": 90.0}, "stay-above"),
        (90.0, {"baseline": 70.0, "target": 90.0}, "stay-above"),
        (89.0, {"baseline": 70.0, "target": 90.0}, "reach"),
        (91.0, {"form": "stay-above", "target": 90.0}, "stay-above"),
        (91.0, {"form": "stay-within", "target": 80.0, "upper": 90.0}, "stay-within"),
    ],
)
def test_what_was_reached_is_offered_as_what_to_stay_at(
    as_lea: Client, squad: Squad, seen: float, fields: dict[str, Any], form: str
) -> None:
    now = timezone.now()
    metric = fill(asked(squad, now=now), *[seen] * 20, now=now)
    goal = reach(metric, today=today(squad), **fields)

    page = as_lea.get(make_prompt(goal).get_absolute_url())

    assert page.context["sheet"].parts["adjust"]["form"].value() == form


def test_what_was_reached_within_a_range_is_offered_as_it_was(as_lea: Client, squad: Squad) -> None:
    now = timezone.now()
    metric = fill(asked(squad, now=now, direction="range"), *[91.0] * 20, now=now)
    goal = reach(metric, today=today(squad), target=90.0)

    page = as_lea.get(make_prompt(goal).get_absolute_url())

    assert page.context["sheet"].parts["adjust"]["form"].value() == "reach"


def test_a_new_goal_that_leads_back_is_refused(as_lea: Client, goal: Goal) -> None:
    prompt = make_prompt(goal)

    response = as_lea.post(prompt.get_absolute_url(), to_adjust(prompt.squad, **{"adjust-baseline": "91"}))

    assert response.status_code == 422
    assert "It is at the target already." in response.content.decode()
    assert Goal.objects.get() == goal


def test_a_number_that_cannot_be_seen_gets_no_new_goal(as_lea: Client, goal: Goal) -> None:
    Query.objects.update(error_code="AUTH", error="It refuses us.", error_at=timezone.now())
    prompt = make_prompt(goal, trigger="stale", subject=f"metrics.metric:{goal.metric.pk}")

    page = as_lea.get(prompt.get_absolute_url()).content.decode()
    response = as_lea.post(prompt.get_absolute_url(), to_adjust(prompt.squad))

    assert "Keep, and mend the source" in page
    assert f"/queries/{goal.metric.query_id}/" in page
    assert 'value="adjust"' not in page
    assert response.status_code == 422
    assert Goal.objects.count() == 1


def test_a_number_that_never_had_a_goal_is_not_told_of_one(as_lea: Client, squad: Squad) -> None:
    now = timezone.now()
    metric = fill(asked(squad, now=now), 82.0, now=now)
    prompt = Reassessment.objects.create(
        squad=squad,
        metric=metric,
        trigger="stale",
        occasion="x",
        subject=f"metrics.metric:{metric.pk}",
        title="?",
        due=now.date(),
    )

    page = as_lea.get(prompt.get_absolute_url()).content.decode()

    assert "The number stays as it is." in page
    assert "It has no goal yet. The first one begins." in page
