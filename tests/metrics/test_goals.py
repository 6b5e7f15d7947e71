"""Goals: set, ended, succeeded, and asked again when they make no sense."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import AuditEntry, Squad, User
from metrics.actions import goals, samples
from metrics.models import Goal, Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests import builders


@pytest.fixture
def metric(squad: Squad) -> Metric:
    return builders.make_metric(squad)


def today(metric: Metric) -> date:
    return datetime.now(tz=metric.zone).date()


def plan(metric: Metric, **fields: Any) -> goals.Plan:
    wanted: dict[str, Any] = {
        "form": "reach",
        "baseline": 10.0,
        "target": 5.0,
        "start": today(metric),
        "due": today(metric) + timedelta(days=60),
        "if_wrong": "ask the desk why",
    } | fields
    return goals.Plan(**wanted)


def typed(metric: Metric, **fields: Any) -> dict[str, Any]:
    wanted = plan(metric)
    return {
        "form": wanted.form,
        "baseline": "10",
        "target": "5",
        "start": wanted.start.isoformat(),
        "due": wanted.due.isoformat(),
        "if_wrong": wanted.if_wrong,
        "operation": uuid4(),
    } | fields


def url(metric: Metric) -> str:
    return reverse("metrics:goal", args=[metric.pk])


def test_a_member_sets_a_goal(as_mia: Client, metric: Metric, mia: User) -> None:
    response = as_mia.post(url(metric), typed(metric))

    goal = Goal.objects.get()
    assert response.status_code == 302
    assert (goal.baseline, goal.target, goal.state, goal.set_by) == (10.0, 5.0, "active", mia)
    assert AuditEntry.objects.filter(what="goal-set", after__target=5.0).count() == 1


def test_sending_a_goal_twice_sets_one(as_mia: Client, metric: Metric) -> None:
    form = typed(metric)

    as_mia.post(url(metric), form)
    as_mia.post(url(metric), form)

    assert Goal.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"target": ""}, "Write a number."),
        ({"target": "five"}, "Write a number."),
        ({"target": "nan"}, "Write a number."),
        ({"target": "inf"}, "Write a number."),
        ({"target": "1e308"}, "Write a number."),
        ({"target": "10"}, "The target is where it stands already."),
        ({"baseline": ""}, "Say where it stands now."),
        ({"if_wrong": ""}, "Write something here."),
        ({"if_wrong": "\u200f"}, "Write something that can be read."),
        ({"why_this_number": "because of the summer\u202e"}, "invisible character"),
        ({"due": "2020-01-01"}, "The last day comes after the first."),
        ({"due": "9999-12-31"}, "more than ten years away"),
        ({"due": "tomorrow"}, "This is no day of the calendar. Write it as 2026-03-01."),
        ({"target": "12"}, "It is at the target already."),
        ({"start": "2020-01-01"}, "which is today for the squad."),
        ({"start": "9999-01-01", "due": "9999-02-01"}, "which is today for the squad."),
        ({"form": "stay-within", "upper": ""}, "The upper end lies above the target."),
        ({"form": "stay-within", "upper": "4"}, "The upper end lies above the target."),
    ],
)
def test_a_bad_goal_is_asked_again_with_what_was_typed(
    as_mia: Client, metric: Metric, fields: dict[str, str], sentence: str
) -> None:
    response = as_mia.post(url(metric), typed(metric, **{"why_this_number": "because of the summer"} | fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "because of the summer" in page
    assert not Goal.objects.exists()


def test_a_goal_that_is_over_already_is_asked_again(as_mia: Client, metric: Metric) -> None:
    day = today(metric)
    month = {"start": day - timedelta(days=30), "due": day - timedelta(days=1)}

    over = as_mia.post(url(metric), typed(metric, **month))
    last_day = as_mia.post(url(metric), typed(metric, **month | {"due": day}))

    assert "That day is over. Choose a later one." in over.content.decode()
    assert last_day.status_code == 302


@time_machine.travel("2026-03-01T23:30Z", tick=False)
def test_who_is_a_day_ahead_of_the_squad_is_told_the_days_that_are_meant(as_mia: Client, metric: Metric) -> None:
    Squad.objects.update(zone="America/New_York")

    response = as_mia.post(url(metric), typed(metric, start="2026-03-02", due="2026-05-01"))

    said = response.context["form"].errors["start"]
    assert said == ["Between 1 Dec 2025 and 1 Mar 2026, which is today for the squad."]


def test_a_whole_baseline_stands_in_the_field_without_a_point(as_mia: Client, metric: Metric) -> None:
    yesterday = datetime.combine(today(metric) - timedelta(days=1), time(), metric.zone)
    samples.keep([Reading(metric.pk, yesterday, 7.0)], origin=Origin.HAND, taken_at=timezone.now())

    page = as_mia.get(url(metric)).content.decode()

    assert 'name="baseline" value="7"' in page


@pytest.mark.parametrize(
    ("direction", "form", "target", "is_asked"),
    [
        ("up", "reach", "5", True),
        ("up", "reach", "12", False),
        ("down", "reach", "12", True),
        ("up", "stay-above", "5", False),
        ("down", "stay-below", "12", False),
        ("range", "reach", "5", False),
        ("range", "reach", "12", False),
    ],
)
def test_a_goal_to_reach_leads_in_the_good_direction(
    as_mia: Client, squad: Squad, direction: str, form: str, target: str, is_asked: bool
) -> None:
    metric = builders.make_metric(squad, direction=direction)

    response = as_mia.post(url(metric), typed(metric, form=form, target=target))

    assert response.status_code == (422 if is_asked else 302)
    assert ("target" in response.context["form"].errors) if is_asked else Goal.objects.exists()


def test_a_goal_may_start_today_and_no_later(as_mia: Client, metric: Metric) -> None:
    tomorrow = today(metric) + timedelta(days=1)

    late = as_mia.post(url(metric), typed(metric, start=tomorrow.isoformat()))
    in_time = as_mia.post(url(metric), typed(metric))

    assert (late.status_code, in_time.status_code) == (422, 302)


@pytest.mark.parametrize(
    ("direction", "seen", "form"),
    [("up", 4.0, "reach"), ("up", 5.0, "stay-above"), ("down", 4.0, "stay-below"), ("down", 6.0, "reach")],
)
def test_a_draft_whose_target_is_reached_is_offered_as_one_to_stay(
    as_mia: Client, squad: Squad, mia: User, direction: str, seen: float, form: str
) -> None:
    metric = builders.make_metric(squad, direction=direction)
    goals.draft(metric, plan=plan(metric), by=mia)
    now = timezone.now()
    yesterday = datetime.combine(today(metric) - timedelta(days=1), time(), metric.zone)
    samples.keep([Reading(metric.pk, yesterday, seen)], origin=Origin.HAND, taken_at=now)

    offered = as_mia.get(url(metric)).context["form"]

    assert offered["form"].value() == form


def test_an_active_goal_is_not_edited_but_reassessed(as_mia: Client, metric: Metric) -> None:
    old = builders.make_goal(metric)

    page = as_mia.get(url(metric)).content.decode()
    response = as_mia.post(url(metric), typed(metric, target="4"))

    assert reverse("metrics:ask-to-reassess", args=[metric.pk]) in page
    assert response.status_code == 422
    assert Goal.objects.get() == old


def test_days_that_another_goal_covers_are_refused_in_one_sentence(as_mia: Client, metric: Metric) -> None:
    old = builders.make_goal(metric)
    goals.end(old, because="over", by=None)
    in_its_days = (today(metric) - timedelta(days=10)).isoformat()

    response = as_mia.post(url(metric), typed(metric, start=in_its_days))

    assert response.status_code == 422
    assert "covers some of these days" in response.content.decode()


def test_ending_a_goal_again_changes_nothing(metric: Metric) -> None:
    goal = builders.make_goal(metric)

    goals.end(goal, because="first", by=None)
    goals.end(goal, because="second", by=None)

    goal.refresh_from_db()
    assert goal.ended_because == "first"


def test_a_page_that_leads_elsewhere_is_not_followed(as_mia: Client, metric: Metric) -> None:
    response = as_mia.post(url(metric) + "?next=https://evil.example/", typed(metric))

    assert response["Location"] == metric.get_absolute_url()
