"""Who is in the room: the page of the people, roles, the door, and names without a device."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mdd.models import Event, User
from tests.builders import make_answer, make_member, make_participant
from tests.workshops.coming import client_of, join, make_guest
from tests.workshops.posting import move, post, url
from workshops import presence
from workshops.models import Answer, Card, Participant, Workshop

SECRET = "quiet-spaghetti"


@pytest.fixture
def gus(workshop: Workshop) -> Participant:
    return make_guest(workshop)


@pytest.fixture
def as_gus(gus: Participant) -> Client:
    return client_of(gus)


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
    post(as_ada, "ask-approval", workshop, needs_approval="on")

    waits = join(client, workshop).content.decode()
    wrote = post(client, "write", workshop, stage="deliver", text="Maps").content.decode()
    post(as_ada, "let-in", workshop, Participant.objects.get(name="Sam").pk)

    assert 'http-equiv="refresh"' in waits
    assert "You are at the door" in wrote
    assert "Flights" not in waits + wrote
    assert not Answer.objects.filter(text="Maps").exists()
    assert "Flights" in client.get(workshop.get_absolute_url()).content.decode()


def test_who_is_turned_away_is_told(as_ada: Client, workshop: Workshop) -> None:
    waiting = make_guest(workshop, approved_at=None)
    browser = client_of(waiting)

    post(as_ada, "take-out", workshop, waiting.pk)

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
    post(as_gus, "write", workshop, stage="deliver", text="Flights")

    post(as_ada, "take-out", workshop, gus.pk)

    said = as_gus.get(workshop.get_absolute_url())
    assert said.status_code == 404
    assert "You were taken out of this workshop" in said.content.decode()
    for name in ("lobby", "pulse", "decision"):
        assert as_gus.get(url(name, workshop)).status_code == 404
    assert post(as_gus, "write", workshop, stage="deliver", text="More").status_code == 404
    assert join(as_gus, workshop).status_code == 404
    assert [answer.text for answer in Answer.objects.all()] == ["Flights"]


def test_a_member_is_not_taken_out(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    post(as_ada, "take-out", workshop, mia_in.pk)

    mia_in.refresh_from_db()
    assert mia_in.removed_at is None


def test_only_a_facilitator_takes_others_out(
    as_mia: Client, as_gus: Client, gus: Participant, workshop: Workshop
) -> None:
    for client in (as_mia, as_gus):
        post(client, "take-out", workshop, gus.pk)

    gus.refresh_from_db()
    assert gus.removed_at is None


def test_people_of_other_workshops_are_not_there(as_ada: Client, alone: Workshop, workshop: Workshop) -> None:
    elsewhere = alone.participants.get()

    assert post(as_ada, "give-role", workshop, elsewhere.pk, role="observer").status_code == 404


def test_a_facilitator_makes_another(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    post(as_ada, "give-role", workshop, mia_in.pk, role="facilitator")

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
    post(as_mia, "take-part", workshop, role="facilitator")

    mia_in.refresh_from_db()
    assert not mia_in.is_facilitator


@pytest.mark.parametrize("who", ["as_mia", "as_gus"])
def test_who_only_watches_changes_nothing_and_may_take_part_again(
    request: pytest.FixtureRequest, workshop: Workshop, who: str
) -> None:
    client = request.getfixturevalue(who)
    post(client, "take-part", workshop, role="observer")

    refused = post(client, "write", workshop, stage="deliver", text="Flights").content.decode()
    assert "You only watch here" in refused
    assert "Write it down" not in refused
    assert not Answer.objects.exists()

    post(client, "take-part", workshop, role="participant")
    post(client, "write", workshop, stage="deliver", text="Flights")
    assert Answer.objects.exists()


def test_a_role_given_twice_by_one_form_is_given_once(as_ada: Client, mia_in: Participant, workshop: Workshop) -> None:
    key = uuid4()

    for _ in range(2):
        post(as_ada, "give-role", workshop, mia_in.pk, role="observer", operation=key)

    assert Event.objects.filter(kind="role-given").count() == 1


def seen(person: Participant, seconds: int) -> None:
    ago = timezone.now() - timedelta(seconds=seconds)
    Participant.objects.filter(pk=person.pk).update(last_seen_at=ago, joined_at=ago)
    person.refresh_from_db()


@pytest.mark.parametrize(("seconds", "is_here"), [(40, True), (50, False)])
def test_who_was_seen_within_45_seconds_is_here(gus: Participant, seconds: int, is_here: bool) -> None:
    seen(gus, seconds)

    assert presence.is_here(gus) is is_here


@pytest.mark.parametrize("page", ["workshop", "pulse", "lobby"])
def test_looking_is_being_seen(as_gus: Client, gus: Participant, workshop: Workshop, page: str) -> None:
    seen(gus, 50)

    as_gus.get(url(page, workshop))

    gus.refresh_from_db()
    assert presence.is_here(gus)


@pytest.mark.parametrize("page", ["workshop", "pulse"])
def test_it_is_written_down_every_15_seconds_at_most(
    as_gus: Client, gus: Participant, workshop: Workshop, page: str
) -> None:
    seen(gus, 10)
    before = gus.last_seen_at

    as_gus.get(url(page, workshop))

    gus.refresh_from_db()
    assert gus.last_seen_at == before


@pytest.mark.parametrize(("seconds", "is_offered"), [(50, False), (70, True)])
def test_members_may_take_over_when_nobody_leads_for_a_minute(
    as_mia: Client, ada_in: Participant, workshop: Workshop, seconds: int, is_offered: bool
) -> None:
    seen(ada_in, seconds)

    page = as_mia.get(workshop.get_absolute_url()).content.decode()

    assert ("Take over" in page) is is_offered


def test_taking_over_is_facilitating(as_mia: Client, ada_in: Participant, workshop: Workshop, mia: User) -> None:
    seen(ada_in, 70)

    post(as_mia, "facilitate", workshop)

    assert Participant.objects.get(workshop=workshop, user=mia).is_facilitator


@pytest.mark.parametrize("who", ["as_gus", "as_vic"])
def test_who_is_no_member_is_not_asked_to_take_over(
    request: pytest.FixtureRequest, ada_in: Participant, workshop: Workshop, who: str
) -> None:
    client = request.getfixturevalue(who)
    seen(ada_in, 70)

    assert "Take over" not in client.get(workshop.get_absolute_url()).content.decode()


def test_a_facilitator_writes_for_somebody_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    post(as_ada, "add-person", workshop, name="Gran")
    gran = Participant.objects.get(name="Gran")

    page = post(as_ada, "write", workshop, stage="deliver", text=SECRET, on_behalf=gran.pk).content.decode()

    assert Answer.objects.get().participant == gran
    assert "Kept for Gran." in page
    assert SECRET not in page
    assert "1 answer of others is face down" in page


def test_a_facilitator_throws_for_somebody_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    move(workshop, "throw")
    post(as_ada, "add-person", workshop, name="Gran")
    gran = Participant.objects.get(name="Gran")

    page = post(as_ada, "throw", workshop, text=SECRET, seen="throw", on_behalf=gran.pk).content.decode()

    assert Card.objects.get().participant == gran
    assert SECRET not in page


def test_nobody_writes_in_the_name_of_somebody_who_has_a_device(
    as_ada: Client, gus: Participant, workshop: Workshop
) -> None:
    post(as_ada, "add-person", workshop, name="Gran")

    answer = post(as_ada, "write", workshop, stage="deliver", text="Flights", on_behalf=gus.pk)

    assert answer.status_code == 422
    assert not Answer.objects.exists()


def test_only_a_facilitator_writes_for_others(as_mia: Client, workshop: Workshop, mia: User) -> None:
    gran = make_guest(workshop, name="Gran", has_device=False)

    post(as_mia, "write", workshop, stage="deliver", text="Flights", on_behalf=gran.pk)

    assert Answer.objects.get().participant.user == mia


def test_a_name_without_a_device_is_no_way_in(workshop: Workshop) -> None:
    gran = make_guest(workshop, name="Gran", has_device=False)

    assert client_of(gran).get(workshop.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_nobody_waits_for_a_name_without_a_device(as_ada: Client, workshop: Workshop) -> None:
    make_guest(workshop, name="Gran", has_device=False)

    assert "0 of 1 done" in as_ada.get(workshop.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["", "x" * 41])
def test_a_name_that_is_none_is_asked_for_again(as_ada: Client, workshop: Workshop, name: str) -> None:
    assert post(as_ada, "add-person", workshop, name=name).status_code == 422


def test_a_short_password_is_asked_for_again(as_ada: Client, workshop: Workshop) -> None:
    answer = post(as_ada, "set-password", workshop, password="abc")

    assert answer.status_code == 422
    assert 'value="abc"' in answer.content.decode()
