"""Writing for somebody in the room who has no device."""

from __future__ import annotations

import pytest
from django.test import Client

from mdd.models import User
from tests.workshops.coming import client_of, make_guest
from tests.workshops.posting import move, post, send
from workshops.models import Answer, Card, Participant, Workshop

SECRET = "quiet-spaghetti"


def test_a_facilitator_writes_for_somebody_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    send(as_ada, "add-person", workshop, name="Gran")
    gran = Participant.objects.get(name="Gran")

    page = post(as_ada, "write", workshop, stage="deliver", text=SECRET, on_behalf=gran.pk).content.decode()

    assert Answer.objects.get().participant == gran
    assert "Kept for Gran." in page
    assert SECRET not in page
    assert "1 answer lies face down" in page


def test_a_facilitator_throws_for_somebody_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    move(workshop, "throw")
    send(as_ada, "add-person", workshop, name="Gran")
    gran = Participant.objects.get(name="Gran")

    page = post(as_ada, "throw", workshop, text=SECRET, seen="throw", on_behalf=gran.pk).content.decode()

    assert Card.objects.get().participant == gran
    assert SECRET not in page


def test_nobody_writes_in_the_name_of_somebody_who_has_a_device(
    as_ada: Client, gus: Participant, workshop: Workshop
) -> None:
    send(as_ada, "add-person", workshop, name="Gran")

    answer = post(as_ada, "write", workshop, stage="deliver", text="Flights", on_behalf=gus.pk)

    assert answer.status_code == 422
    assert not Answer.objects.exists()


def test_only_a_facilitator_writes_for_others(as_mia: Client, workshop: Workshop, mia: User) -> None:
    gran = make_guest(workshop, name="Gran", has_device=False)

    send(as_mia, "write", workshop, stage="deliver", text="Flights", on_behalf=gran.pk)

    assert Answer.objects.filter(participant__user=mia).count() == 1


def test_a_name_without_a_device_is_no_way_in(workshop: Workshop) -> None:
    gran = make_guest(workshop, name="Gran", has_device=False)

    assert client_of(gran).get(workshop.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_nobody_waits_for_a_name_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    make_guest(workshop, name="Gran", has_device=False)

    assert "0 of 1 done" in as_ada.get(workshop.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["", "x" * 41])
def test_a_name_that_is_none_is_asked_for_again(as_ada: Client, workshop: Workshop, name: str) -> None:
    assert post(as_ada, "add-person", workshop, name=name).status_code == 422
