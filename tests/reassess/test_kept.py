"""What was kept until a day comes back on that day, once, unless a later decision took its place."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mdd.models import Squad, User
from metrics import reassessing
from metrics.models import Metric, Reassessment
from tests.reassess.builders import DAY, NOW, TODAY, asked, fill, make_prompt, reach
from tests.reassess.causes import HOUR, evaluate, ownerless, raised, ruled


def test_what_was_kept_is_left_alone_until_it_is_looked_at_again(squad: Squad, ada: User) -> None:
    metric = fill(asked(squad), 82.0)
    prompt = make_prompt(reach(metric), opened_at=NOW - 40 * DAY)
    ruled(prompt, ada, next_review=TODAY)

    evaluate(NOW - DAY)
    before = raised()
    evaluate(NOW + HOUR)
    evaluate(NOW + 3 * HOUR)

    assert (before, raised()) == (["off-pace"], ["off-pace", "review"])


def test_prompts_that_were_kept_together_come_back_as_one(squad: Squad, ada: User) -> None:
    goal = reach(fill(asked(squad), 82.0))
    for trigger in ("off-pace", "missed"):
        ruled(make_prompt(goal, trigger=trigger, opened_at=NOW - 40 * DAY), ada, next_review=TODAY)

    evaluate(NOW + HOUR)

    assert raised() == ["off-pace", "missed", "review"]


def test_a_day_that_a_later_decision_replaced_is_let_go(squad: Squad, ada: User) -> None:
    goal = reach(fill(asked(squad), 82.0))
    ruled(make_prompt(goal, opened_at=NOW - 40 * DAY), ada, next_review=TODAY)
    ruled(make_prompt(goal, trigger="asked", opened_at=NOW - 20 * DAY), ada, next_review=TODAY + 30 * DAY)

    evaluate(NOW + HOUR)

    assert raised() == ["off-pace", "asked"]


def test_whose_owner_is_still_gone_on_the_day_can_be_handed_over(squad: Squad, ada: User) -> None:
    ownerless(squad)
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, next_review=TODAY + 7 * DAY)

    evaluate(NOW + 6 * DAY)
    before = raised()
    evaluate(NOW + 7 * DAY)
    evaluate(NOW + 8 * DAY)

    assert (before.count("owner-gone"), raised().count("owner-gone"), raised().count("review")) == (1, 2, 0)


def test_an_owner_who_leaves_a_second_time_is_asked_about_again(squad: Squad, ada: User) -> None:
    ownerless(squad)
    left = Metric.objects.get().owner
    evaluate(NOW)
    ruled(Reassessment.objects.get(), ada, decision="adjust", next_review=None)
    Metric.objects.update(owner=ada)
    evaluate(NOW + HOUR)
    between = raised()

    Metric.objects.update(owner=left)
    evaluate(NOW + 2 * HOUR)

    assert (between, raised()) == (["owner-gone"], ["owner-gone", "owner-gone"])


@pytest.mark.parametrize("trigger", ["off-pace", "owner-gone"])
def test_a_day_that_was_kept_for_what_is_retired_is_no_review(squad: Squad, ada: User, trigger: str) -> None:
    now = timezone.now()
    day = now.date() + 9 * DAY
    ruled(make_prompt(reach(asked(squad)), trigger=trigger), ada, next_review=day)
    before = reassessing.next_review([squad], now)

    Metric.objects.update(state="retired")

    assert (before, reassessing.next_review([squad], now)) == (day, None)
