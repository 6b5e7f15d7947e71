"""A page, or an outbox, from before an update sends less than MDD asks for: it is told so, and keeps its words."""

from __future__ import annotations

import re
from typing import cast
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from mdd.live import key_of
from mdd.models import User
from tests.workshops.posting import move, url
from workshops.models import Answer, Card, Participant, Stage, Workshop

SAID = "The page that sent this was out of date. Load it again, then try once more."


def from_outbox(client: Client, who: User, name: str, workshop: Workshop, **fields: object) -> HttpResponse:
    sent = {"operation": uuid4()} | fields
    return cast("HttpResponse", client.post(url(name, workshop), sent, headers={"MDD-Person": key_of(who)}))


def from_form(client: Client, name: str, workshop: Workshop, **fields: object) -> str:
    answer = client.post(url(name, workshop), {"operation": uuid4()} | fields, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize(("name", "fields"), [("change-state", {"to": "paused"}), ("done", {"is_done": "on"})])
def test_a_button_that_says_less_than_is_asked_for_is_given_back(
    as_mia: Client, workshop: Workshop, mia: User, mia_in: Participant, name: str, fields: dict[str, str]
) -> None:
    answer = from_outbox(as_mia, mia, name, workshop, **fields)

    assert (answer.status_code, answer.content.decode()) == (410, SAID)
    workshop.refresh_from_db()
    mia_in.refresh_from_db()
    assert (workshop.state, mia_in.done_stage) == ("open", "")


def test_it_is_told_without_an_outbox_too(as_mia: Client, workshop: Workshop, mia_in: Participant) -> None:
    assert SAID in from_form(as_mia, "done", workshop, is_done="on")


def test_words_are_given_back_from_a_form_that_lacks_what_nobody_types(
    as_mia: Client, workshop: Workshop, mia: User, mia_in: Participant
) -> None:
    answer = from_outbox(as_mia, mia, "write", workshop, text="Departures")

    assert (answer.status_code, answer.content.decode()) == (410, SAID)
    assert not Answer.objects.exists()


def test_words_stay_in_their_form_where_no_outbox_has_them(
    as_mia: Client, workshop: Workshop, mia_in: Participant
) -> None:
    move(workshop, Stage.THROW)

    page = from_form(as_mia, "throw", workshop, text="Who waits?")

    assert SAID in page
    assert "Who waits?" in page
    assert not Card.objects.exists()


@pytest.mark.parametrize("name", ["evidence", "throw-evidence"])
def test_evidence_stays_in_its_form_and_can_be_sent_from_there(
    as_mia: Client, workshop: Workshop, mia_in: Participant, name: str
) -> None:
    move(workshop, Stage.THROW)

    page = from_form(as_mia, name, workshop, text="Late bags,12")

    assert SAID in page
    assert "Late bags,12" in page
    assert re.findall(r'name="seen" value="([^"]*)"', page) == [Stage.THROW]
    assert not Card.objects.exists()
