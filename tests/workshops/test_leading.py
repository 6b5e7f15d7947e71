"""Running a workshop: who may lead it, and that a stage is left once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests.workshops.boards import post, send
from workshops.actions import workshops as actions
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Participant, Stage, Template, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return actions.start(squad, title="Spring", path="whole", by=ada)


def test_a_workshop_begins_at_the_first_question_with_three_buckets(workshop: Workshop, ada: User) -> None:
    assert workshop.stage == Stage.DELIVER
    assert [bucket.title for bucket in Bucket.objects.filter(workshop=workshop)] == [
        "Usage",
        "System Health",
        "Business Performance",
    ]
    assert Participant.objects.get(workshop=workshop).is_facilitator


@pytest.mark.parametrize(("path", "minutes"), [("whole", 90), ("alone", 15)])
def test_the_time_boxes_add_up(squad: Squad, ada: User, path: str, minutes: int) -> None:
    workshop = actions.start(squad, title="Spring", path=path, by=ada)

    assert sum(box.minutes for box in workshop.template.boxes.all()) == minutes


def test_starting_twice_by_one_form_starts_once(as_ada: Client, squad: Squad) -> None:
    form = {"title": "Spring", "path": "alone", "operation": uuid4()}
    url = reverse("workshops:start", args=[squad.slug])

    addresses = {as_ada.post(url, form)["Location"] for _ in range(2)}

    assert len(addresses) == 1
    assert Workshop.objects.count() == 1
    assert Template.objects.count() == 1


def test_a_facilitator_leads_forward_and_back(as_ada: Client, workshop: Workshop) -> None:
    send(as_ada, workshop, "move", seen="deliver", to="throw")
    send(as_ada, workshop, "move", seen="throw", to="customers")

    workshop.refresh_from_db()
    assert workshop.stage == Stage.CUSTOMERS
    moves = Event.objects.filter(topic=workshop.topic, kind="stage-moved").order_by("serial")
    assert [event.payload["to"] for event in moves] == ["throw", "customers"]


def test_who_only_takes_part_does_not_lead(as_mia: Client, workshop: Workshop) -> None:
    page = post(as_mia, workshop, "move", seen="deliver", to="throw")

    workshop.refresh_from_db()
    assert workshop.stage == Stage.DELIVER
    assert "Only a facilitator can do that." in page


def test_a_member_may_facilitate_too(as_mia: Client, workshop: Workshop) -> None:
    send(as_mia, workshop, "facilitate")
    send(as_mia, workshop, "move", seen="deliver", to="customers")

    workshop.refresh_from_db()
    assert workshop.moving_to == Stage.CUSTOMERS


def test_the_second_of_two_facilitators_hears_that_the_first_has_moved(workshop: Workshop, ada: User) -> None:
    me = Participant.objects.get(workshop=workshop)
    actions.move(workshop, seen="deliver", to="customers", by=me, operation=uuid4())

    with pytest.raises(Refused, match="you are at “Customers” now"):
        actions.move(workshop, seen="deliver", to="throw", by=me, operation=uuid4())

    workshop.refresh_from_db()
    assert workshop.stage == Stage.CUSTOMERS


def test_a_resting_workshop_takes_nothing_until_it_is_resumed(as_ada: Client, workshop: Workshop) -> None:
    send(as_ada, workshop, "change-state", to="paused")
    refused = post(as_ada, workshop, "move", seen="deliver", to="throw")
    send(as_ada, workshop, "change-state", to="open")
    send(as_ada, workshop, "move", seen="deliver", to="throw")

    workshop.refresh_from_db()
    assert "Resume it first." in refused
    assert workshop.stage == Stage.THROW


def test_who_is_done_is_done_with_this_stage(as_mia: Client, workshop: Workshop, mia: User) -> None:
    send(as_mia, workshop, "done", is_done="on")
    said = Participant.objects.get(workshop=workshop, user=mia).done_stage
    send(as_mia, workshop, "done")

    assert said == Stage.DELIVER
    assert Participant.objects.get(workshop=workshop, user=mia).done_stage == ""


def test_a_button_that_sends_nonsense_changes_nothing(as_ada: Client, workshop: Workshop) -> None:
    page = post(as_ada, workshop, "move", seen="deliver", to="the moon")

    workshop.refresh_from_db()
    assert workshop.stage == Stage.DELIVER
    assert "was out of date" in page
