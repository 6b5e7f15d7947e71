"""Goals: set, ended, succeeded, and asked again when they make no sense."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import AuditEntry, Squad, User
from metrics.actions import goals
from metrics.models import Goal, Metric
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
        ({"target": ""}, "This field is required."),
        ({"target": "five"}, "Enter a number."),
        ({"target": "nan"}, "Enter a number."),
        ({"target": "inf"}, "Enter a number."),
        ({"target": "1e308"}, "Write a number."),
        ({"target": "10"}, "The target is where it stands already."),
        ({"baseline": ""}, "Say where it stands now."),
        ({"if_wrong": ""}, "This field is required."),
        ({"if_wrong": "\u200f"}, "Write something that can be read."),
        ({"due": "2020-01-01"}, "The last day comes after the first."),
        ({"due": "tomorrow"}, "Enter a valid date."),
        ({"start": "2020-01-01"}, "A goal may start 90 days back at most."),
        ({"form": "stay-within", "upper": ""}, "The upper end lies above the target."),
        ({"form": "stay-within", "upper": "4"}, "The upper end lies above the target."),
    ],
)
def test_a_bad_goal_is_asked_again_with_what_was_typed(
    as_mia: Client, metric: Metric, fields: dict[str, str], sentence: str
) -> None:
    response = as_mia.post(url(metric), typed(metric, why_this_number="because of the summer", **fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "because of the summer" in page
    assert not Goal.objects.exists()


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
