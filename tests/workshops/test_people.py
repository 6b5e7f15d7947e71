"""Who is in the room: the page of the people, roles, and the door."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mdd.models import Event, User
from tests.builders import make_answer, make_member, make_participant
from tests.workshops.coming import client_of, join, make_guest
from tests.workshops.posting import post, send, told_after, url
from workshops.models import Answer, Participant, Workshop


def lobby(client: Client, workshop: Workshop) -> str:
    return client.get(url("lobby", workshop)).content.decode()


def test_everybody_finds_code_link_and_drawing(as_vic: Client, as_gus: Client, workshop: Workshop) -> None:
    code = workshop.join_code or ""

    for client in (as_vic, as_gus):
        page = lobby(client, workshop)
        assert f"{code[:3]} {code[3:]}" in page
        assert f"http://testserver/go/{code}/" in page
        assert '<path d="M' in page


def test_only_facilitators_find_the_door(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    assert "Lock it" in lobby(as_ada, workshop)
    assert "Lock it" not in lobby(as_mia, workshop)


def test_people_are_listed_with_what_they_are(as_ada: Client, gus: Participant, workshop: Workshop) -> None:
    page = lobby(as_ada, workshop)

    assert all(word in page for word in ("Ada", "Facilitator", "Gus", "guest", "2 people"))


def test_the_page_takes_no_more_queries_for_more_people(as_ada: Client, gus: Participant, workshop: Workshop) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            lobby(as_ada, workshop)
        return len(queries)

    count()
    few = count()
    for number in range(8):
        make_guest(workshop, name=f"Guest {number}")
        make_participant(workshop, make_member(workshop.squad))

    assert count() <= few <= 12


def test_who_waits_sees_nothing_until_they_are_let_in(
    as_ada: Client, client: Client, workshop: Workshop, ada: User
) -> None:
    make_answer(workshop, ada, text="Flights", is_revealed=True)
    send(as_ada, "ask-approval", workshop, needs_approval="on")

    waits = join(client, workshop).content.decode()
    wrote = post(client, "write", workshop, stage="deliver", text="Maps").content.decode()
    send(as_ada, "let-in", workshop, Participant.objects.get(name="Sam").pk)

    assert 'http-equiv="refresh"' in waits
    assert "You are at the door" in wrote
    assert "Flights" not in waits + wrote
    assert not Answer.objects.filter(text="Maps").exists()
    assert "Flights" in client.get(workshop.get_absolute_url()).content.decode()


def test_who_is_turned_away_is_told(as_ada: Client, workshop: Workshop) -> None:
    waiting = make_guest(workshop, approved_at=None)
    browser = client_of(waiting)

    send(as_ada, "take-out", workshop, waiting.pk)

    answer = browser.get(workshop.get_absolute_url())
    assert answer.status_code == 404
    assert "You were not let in" in answer.content.decode()


def test_facilitators_hear_of_those_at_the_door(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    make_guest(workshop, approved_at=None)

    assert "1 waits at the door" in as_ada.get(workshop.get_absolute_url()).content.decode()
    assert "waits at the door" not in as_mia.get(workshop.get_absolute_url()).content.decode()


def test_who_is_taken_out_is_out_at_once_and_what_they_wrote_stays(
    as_ada: Client, as_gus: Client, gus: Participant, workshop: Workshop
) -> None:
    send(as_gus, "write", workshop, stage="deliver", text="Flights")

    send(as_ada, "take-out", workshop, gus.pk)

    said = as_gus.get(workshop.get_absolute_url())
    assert said.status_code == 404
    assert "You were taken out of this workshop" in said.content.decode()
    for name in ("lobby", "decision"):
        assert as_gus.get(url(name, workshop)).status_code == 404
    assert post(as_gus, "write", workshop, stage="deliver", text="More").status_code == 404
    assert join(as_gus, workshop).status_code == 404
    assert [answer.text for answer in Answer.objects.all()] == ["Flights"]


def test_a_member_is_not_taken_out(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    assert told_after(as_ada, "take-out", workshop, mia_in.pk)

    mia_in.refresh_from_db()
    assert mia_in.removed_at is None


def test_only_a_facilitator_takes_others_out(
    as_mia: Client, as_gus: Client, gus: Participant, workshop: Workshop
) -> None:
    for client in (as_mia, as_gus):
        assert told_after(client, "take-out", workshop, gus.pk)

    gus.refresh_from_db()
    assert gus.removed_at is None


def test_people_of_other_workshops_are_not_there(as_ada: Client, alone: Workshop, workshop: Workshop) -> None:
    elsewhere = alone.participants.get()

    assert post(as_ada, "give-role", workshop, elsewhere.pk, role="observer").status_code == 404


def test_a_facilitator_makes_another(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    send(as_ada, "give-role", workshop, mia_in.pk, role="facilitator")

    mia_in.refresh_from_db()
    assert mia_in.is_facilitator


def test_a_guest_is_not_made_a_facilitator(as_ada: Client, gus: Participant, workshop: Workshop) -> None:
    answer = post(as_ada, "give-role", workshop, gus.pk, role="facilitator").content.decode()

    gus.refresh_from_db()
    assert "Guests cannot facilitate" in answer
    assert gus.role == "participant"


def test_nobody_makes_themselves_a_facilitator_by_the_back_door(
    as_mia: Client, mia_in: Participant, workshop: Workshop
) -> None:
    assert told_after(as_mia, "take-part", workshop, role="facilitator")

    mia_in.refresh_from_db()
    assert not mia_in.is_facilitator


def test_what_an_outbox_sends_for_who_only_watches_is_given_back(as_mia: Client, mia: User, workshop: Workshop) -> None:
    send(as_mia, "take-part", workshop, role="observer")

    sent = {"operation": uuid4(), "stage": "deliver", "text": "Flights"}
    answer = as_mia.post(url("write", workshop), sent, headers={"MDD-Person": f"user:{mia.pk}"})

    assert (answer.status_code, "You only watch here" in answer.content.decode()) == (410, True)


@pytest.mark.parametrize("who", ["as_mia", "as_gus"])
def test_who_only_watches_changes_nothing_and_may_take_part_again(
    request: pytest.FixtureRequest, workshop: Workshop, who: str
) -> None:
    client = request.getfixturevalue(who)
    send(client, "take-part", workshop, role="observer")

    refused = post(client, "write", workshop, stage="deliver", text="Flights").content.decode()
    assert "You only watch here" in refused
    assert "Write it down" not in refused
    assert not Answer.objects.exists()

    send(client, "take-part", workshop, role="participant")
    send(client, "write", workshop, stage="deliver", text="Flights")
    assert Answer.objects.exists()


def test_a_role_given_twice_by_one_form_is_given_once(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    key = uuid4()

    for _ in range(2):
        send(as_ada, "give-role", workshop, mia_in.pk, role="observer", operation=key)

    assert Event.objects.filter(kind="role-given").count() == 1


def test_a_short_password_is_asked_for_again(as_ada: Client, workshop: Workshop) -> None:
    answer = post(as_ada, "set-password", workshop, password="abc")

    assert answer.status_code == 422
    assert 'value="abc"' in answer.content.decode()
