"""Saying a statement better: what points to the old one follows, what happened stays."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.actions import rewording, statements
from mdd.models import Customer, Deliverable, Expectation, Finding, Squad, User
from tests import builders
from workshops.actions import workshops
from workshops.models import Card, Opinion, Workshop


def url(squad: Squad, kind: str, pk: int) -> str:
    return reverse("workshops:reword", args=[squad.slug, kind, pk])


@pytest.fixture
def old(squad: Squad, mia: User) -> Expectation:
    return builders.make_expectation(squad, mia)


def reword(old: Expectation, by: User, **fields: object) -> Expectation:
    said: dict[str, Any] = {"text": "Answers the same day", "kind": old.kind, "by": by}
    links = {"customer": old.customer, "deliverable": old.deliverable}
    return rewording.reword_expectation(old, **said | links | fields)


def test_the_form_starts_with_the_old_words(as_mia: Client, squad: Squad, old: Expectation) -> None:
    page = as_mia.get(url(squad, "expectations", old.pk)).content.decode()

    assert f'value="{old.text}"' in page


def test_new_words_take_the_place_of_old_ones(as_mia: Client, squad: Squad, old: Expectation) -> None:
    as_mia.post(url(squad, "deliver", old.deliverable_id), {"text": "The answering desk", "operation": uuid4()})

    assert list(Deliverable.objects.in_force().values_list("text", flat=True)) == ["The answering desk"]
    assert Deliverable.objects.get(pk=old.deliverable_id).superseded_by is not None


def test_sending_twice_rewords_once(as_mia: Client, squad: Squad, old: Expectation) -> None:
    form = {"text": "The answering desk", "operation": uuid4()}

    answers = [as_mia.post(url(squad, "deliver", old.deliverable_id), form) for _ in range(2)]

    assert Deliverable.objects.count() == 2
    assert answers[0]["Location"] == answers[1]["Location"]


def test_the_second_of_two_rewordings_is_told(as_mia: Client, squad: Squad, old: Expectation) -> None:
    there = url(squad, "deliver", old.deliverable_id)
    as_mia.post(there, {"text": "The answering desk", "operation": uuid4()})

    page = as_mia.post(there, {"text": "The desk", "operation": uuid4()}, follow=True).content.decode()

    assert "Somebody has reworded it meanwhile." in page
    assert Deliverable.objects.count() == 2


@pytest.mark.parametrize("text", ["", "x" * 201, "\u200b"])
def test_bad_words_are_asked_again_and_kept(as_mia: Client, squad: Squad, old: Expectation, text: str) -> None:
    response = as_mia.post(url(squad, "deliver", old.deliverable_id), {"text": text, "operation": uuid4()})

    assert response.status_code == 422
    assert text in response.content.decode()


def test_a_stranger_cannot_reword(as_eve: Client, squad: Squad, old: Expectation) -> None:
    assert as_eve.get(url(squad, "deliver", old.deliverable_id)).status_code == 404


@pytest.mark.parametrize("kind", ["meeting", "nonsense"])
def test_findings_are_not_reworded(as_mia: Client, squad: Squad, old: Expectation, kind: str) -> None:
    assert as_mia.get(url(squad, kind, old.pk)).status_code == 404


def test_customers_and_expectations_follow_a_deliverable(old: Expectation, mia: User) -> None:
    new = rewording.reword_deliverable(old.deliverable, text="The answering desk", by=mia)

    old.refresh_from_db()
    assert old.deliverable == new
    assert list(old.customer.deliverables.all()) == [new]


def test_what_is_no_longer_in_force_keeps_its_deliverable(squad: Squad, old: Expectation, mia: User) -> None:
    reword(old, mia)
    gone = statements.agree_customer(squad, text="Gone", deliverables=[old.deliverable], by=mia)
    statements.supersede(gone, old.customer, by=mia)

    rewording.reword_deliverable(old.deliverable, text="The answering desk", by=mia)

    assert Expectation.objects.get(pk=old.pk).deliverable == old.deliverable
    assert list(gone.deliverables.all()) == [old.deliverable]


def test_a_critical_deliverable_may_stay_critical(squad: Squad, mia: User) -> None:
    old = statements.agree_deliverable(squad, text="Flights", is_critical=True, by=mia)

    new = rewording.reword_deliverable(old, text="Journeys", is_critical=True, by=mia)

    assert list(Deliverable.objects.in_force().filter(is_critical=True)) == [new]


def test_expectations_follow_a_customer(old: Expectation, mia: User) -> None:
    new = rewording.reword_customer(old.customer, text="People who call", deliverables=[old.deliverable], by=mia)

    old.refresh_from_db()
    assert old.customer == new
    assert list(Customer.objects.in_force()) == [new]


def test_metrics_follow_an_expectation(squad: Squad, old: Expectation, mia: User) -> None:
    metric = builders.make_metric(squad, expectation=old, owner=mia)

    new = reword(old, mia)

    metric.refresh_from_db()
    assert metric.expectation == new


def test_the_latest_finding_is_carried_over_and_the_old_ones_stay(squad: Squad, old: Expectation, mia: User) -> None:
    for verdict in ("met", "not-met"):
        found = statements.find(squad, expectation=old, verdict=verdict, evidence="counted", by=mia)

    new = reword(old, mia)

    carried = Finding.objects.get(expectation=new)
    assert (carried.verdict, carried.evidence, carried.at) == ("not-met", "counted", found.at)
    assert Finding.objects.filter(expectation=old).count() == 2


@pytest.mark.parametrize(("state", "follows"), [("open", True), ("paused", True), ("closed", False)])
def test_cards_and_opinions_follow_while_their_workshop_goes_on(
    squad: Squad, old: Expectation, mia: User, state: str, follows: bool
) -> None:
    workshop = workshops.start(squad, title="Spring", path="whole", by=mia)
    Workshop.objects.update(join_code=None, state=state)
    me = builders.make_participant(workshop, mia)
    Card.objects.create(workshop=workshop, participant=me, text="Wait?", expectation=old)
    Opinion.objects.create(workshop=workshop, participant=me, expectation=old, verdict="met")

    new = reword(old, mia)

    assert {Card.objects.get().expectation, Opinion.objects.get().expectation} == {new if follows else old}
