"""Wrap-up: what came out, alone and together, and where a number came from."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from metrics.models import Dashboard, Waiting
from tests.workshops import builders_focus as builders
from tests.workshops.adoption import url
from workshops.actions import adopting
from workshops.models import Bucket, Card, Participant, Workshop


def test_wrap_up_lists_what_is_to_come_what_is_there_and_what_is_parked(
    as_mia: Client, wrapping: Workshop, bucket: Bucket, survivor: Card, by: Participant
) -> None:
    first = builders.make_card(wrapping, text="Who calls twice?", bucket=None)
    second = builders.make_card(wrapping, bucket=bucket)
    builders.make_card(wrapping, text="Mails sent", state="parked", reason="later")
    builders.adopt(survivor, by)
    with_goal = builders.make_card(wrapping, bucket=bucket)
    stay = builders.goal_plan(form="stay-below")
    adopting.adopt(with_goal, plan=builders.plan(by.member, stay), by=by, operation=uuid4())
    builders.decide(bucket, by)

    context = as_mia.get(wrapping.get_absolute_url()).context

    assert context["to_adopt"] == [second, first]
    assert [(each.card, each.waits) for each in context["waiting"]] == [(survivor, "starts once it is measured")]
    assert [each.card for each in context["adopted"]] == [with_goal]
    assert [card.text for card in context["parked"]] == ["Mails sent"]


def test_the_main_questions_dashboard_is_marked(
    as_mia: Client, wrapping: Workshop, bucket: Bucket, survivor: Card, by: Participant
) -> None:
    builders.adopt(survivor, by)
    builders.decide(bucket, by)

    assert "main question" in as_mia.get(wrapping.get_absolute_url()).content.decode()


def test_who_only_looks_has_nothing_to_press(as_vic: Client, wrapping: Workshop, survivor: Card) -> None:
    assert "Make it a metric" not in as_vic.get(wrapping.get_absolute_url()).content.decode()


@pytest.fixture
def alone(squad: Squad, ada: User) -> Workshop:
    return builders.make_workshop(squad, ada, stage="wrap-up", path="alone")


def test_alone_all_that_is_not_parked_may_be_adopted(as_ada: Client, alone: Workshop) -> None:
    thrown = builders.make_card(alone, state="thrown")
    builders.make_card(alone, state="parked", reason="later")

    assert as_ada.get(alone.get_absolute_url()).context["to_adopt"] == [thrown]


def test_alone_adopting_makes_a_survivor_and_one_dashboard(as_ada: Client, alone: Workshop, ada: User) -> None:
    cards = [builders.make_card(alone, state="thrown") for _ in range(2)]

    for card in cards:
        as_ada.post(url(card), builders.typed(ada))

    assert {card.state for card in Card.objects.all()} == {"survived"}
    assert (Dashboard.objects.get().question, Waiting.objects.count()) == ("Spring round", 2)


def test_a_number_is_traced_back_to_its_card(as_mia: Client, survivor: Card, by: Participant) -> None:
    metric = builders.adopt(survivor, by, expectation=survivor.expectation).metric

    trace = as_mia.get(metric.get_absolute_url()).context["trace"]

    assert [stop.kind for stop in trace] == ["Card", "Metric", "Expectation", "Customer", "Deliverable"]
    assert (trace[0].text, trace[0].note) == (survivor.text, "thrown by Ada in Spring round")
    assert trace[0].url == survivor.workshop.get_absolute_url()


def test_the_trace_leads_to_the_decision_once_there_is_one(
    as_mia: Client, bucket: Bucket, survivor: Card, by: Participant
) -> None:
    metric = builders.adopt(survivor, by).metric
    builders.decide(bucket, by)

    stop = as_mia.get(metric.get_absolute_url()).context["trace"][0]

    assert stop.url == reverse("workshops:decision", args=[survivor.workshop_id])


def test_a_card_that_was_never_revealed_does_not_say_who_threw_it(
    as_mia: Client, survivor: Card, by: Participant
) -> None:
    metric = builders.adopt(survivor, by).metric
    Card.objects.update(is_revealed=False)

    assert as_mia.get(metric.get_absolute_url()).context["trace"][0].note == "thrown in Spring round"
