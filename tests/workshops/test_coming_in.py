"""Coming into a workshop without an account: by six digits or a link, one field and two requests."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from mdd.models import Event, User
from tests.workshops.coming import client_of, join, make_guest
from tests.workshops.posting import send
from workshops import guests
from workshops.models import Participant, Workshop

WRONG = "000000"


@pytest.fixture
def workshop(workshop: Workshop) -> Workshop:
    Workshop.objects.filter(pk=workshop.pk).update(join_code="482915")
    workshop.refresh_from_db()
    return workshop


def door(code: str | None) -> str:
    return reverse("workshops:come-in", args=[code])


@pytest.mark.parametrize("address", ["/go/%00/", "/go/48291/", "/go/%D9%A4%D9%A8%D9%A2%D9%A9%D9%A1%D9%A5/"])
def test_an_address_that_is_no_code_asks_for_one(client: Client, db: None, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert "No open workshop has this code." in answer.content.decode()


def test_a_name_is_enough_and_leads_into_the_room(client: Client, workshop: Workshop) -> None:
    asked = client.get(door("482915"))
    joined = join(client, workshop, follow=False)
    room = client.get(joined["Location"])

    assert "Spring" in asked.content.decode()
    assert joined["Location"] == workshop.get_absolute_url()
    assert "You are here as a guest" in room.content.decode()
    assert Participant.objects.get(name="Sam").is_guest


@pytest.mark.parametrize("typed", ["482915", " 482 915 ", "482-915"])
def test_six_digits_lead_to_the_door_however_they_are_grouped(client: Client, workshop: Workshop, typed: str) -> None:
    answer = client.get(reverse("workshops:go"), {"code": typed})

    assert answer["Location"] == door("482915")


@pytest.mark.parametrize("typed", ["", "48291", "4829155", "spring"])
def test_what_is_no_code_is_asked_for_again(client: Client, db: None, typed: str) -> None:
    answer = client.get(reverse("workshops:go"), {"code": typed})

    assert answer.status_code == 422


def test_a_wrong_code_is_said_to_be_wrong(client: Client, workshop: Workshop) -> None:
    answer = client.get(door(WRONG))

    assert answer.status_code == 404
    assert "No open workshop has this code" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "\u202e"])
def test_a_name_that_is_none_is_asked_for_again(client: Client, workshop: Workshop, name: str) -> None:
    answer = join(client, workshop, name=name)

    assert answer.status_code == 422
    assert Participant.objects.count() == 1


def test_joining_twice_by_one_form_is_joining_once(client: Client, workshop: Workshop) -> None:
    key = uuid4()

    join(client, workshop, operation=key)
    join(Client(), workshop, operation=key)

    assert Participant.objects.filter(name__startswith="Sam").count() == 1


def test_the_log_does_not_hold_the_key_that_would_let_others_in_as_the_same_guest(
    client: Client, workshop: Workshop
) -> None:
    key = uuid4()

    join(client, workshop, operation=key)

    assert not Event.objects.filter(operation=key).exists()


def test_a_browser_that_is_in_already_goes_straight_on(workshop: Workshop) -> None:
    browser = client_of(make_guest(workshop))

    assert browser.get(door(workshop.join_code))["Location"] == workshop.get_absolute_url()
    assert join(browser, workshop, follow=False)["Location"] == workshop.get_absolute_url()
    assert Participant.objects.count() == 2


def test_the_second_of_one_name_is_told_another(client: Client, workshop: Workshop) -> None:
    make_guest(workshop, name="Sam")

    room = join(client, workshop, name="sam").content.decode()

    assert "is called sam already, so you are “sam 2”" in room
    assert Participant.objects.filter(name="sam 2").exists()


def test_a_guest_does_not_take_the_name_of_a_member(client: Client, workshop: Workshop) -> None:
    join(client, workshop, name="Ada")

    assert Participant.objects.filter(name="Ada 2").exists()


@pytest.mark.parametrize("who", ["as_ada", "as_mia", "as_vic"])
def test_who_is_in_the_squad_goes_straight_in(request: pytest.FixtureRequest, workshop: Workshop, who: str) -> None:
    answer = request.getfixturevalue(who).get(door(workshop.join_code))

    assert answer["Location"] == workshop.get_absolute_url()
    assert Participant.objects.count() == 1


def test_a_stranger_with_an_account_comes_in_as_a_guest(as_eve: Client, eve: User, workshop: Workshop) -> None:
    asked = as_eve.get(door(workshop.join_code)).content.decode()
    room = join(as_eve, workshop, name="Eve")

    assert 'value="Eve"' in asked
    assert room.status_code == 200
    assert not Participant.objects.filter(user=eve).exists()


def test_a_password_is_asked_for_where_there_is_one(as_ada: Client, client: Client, workshop: Workshop) -> None:
    send(as_ada, "set-password", workshop, password="pine cone")

    asked = client.get(door(workshop.join_code)).content.decode()
    wrong = join(client, workshop, password="pine tree")
    right = join(client, workshop, password="pine cone")

    assert 'name="password"' in asked
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "pine" not in Workshop.objects.get().password


def test_a_cleared_password_is_not_asked_for(as_ada: Client, client: Client, workshop: Workshop) -> None:
    send(as_ada, "set-password", workshop, password="pine cone")
    send(as_ada, "clear-password", workshop)

    assert join(client, workshop).status_code == 200


def test_a_locked_door_lets_nobody_new_in(as_ada: Client, client: Client, workshop: Workshop) -> None:
    inside = client_of(make_guest(workshop))
    send(as_ada, "lock-door", workshop, is_locked="on")

    asked, answer = client.get(door(workshop.join_code)), join(client, workshop)

    assert (asked.status_code, answer.status_code) == (403, 403)
    assert "The door is locked" in answer.content.decode()
    assert inside.get(workshop.get_absolute_url()).status_code == 200


def test_ten_misses_a_minute_and_then_the_right_code_waits_too(client: Client, workshop: Workshop) -> None:
    misses = [client.get(door(WRONG)).status_code for _ in range(10)]

    late = client.get(door(workshop.join_code))

    assert misses == [404] * 10
    assert late.status_code == 429
    assert "Wait a minute" in late.content.decode()
    assert join(client, workshop).status_code == 429


def test_others_are_not_kept_waiting(client: Client, workshop: Workshop) -> None:
    for _ in range(10):
        client.get(door(WRONG))

    assert client.get(door(workshop.join_code), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_right_codes_are_no_misses(client: Client, workshop: Workshop) -> None:
    for _ in range(11):
        client.get(door(workshop.join_code))

    assert client.get(door(workshop.join_code)).status_code == 200


def test_guessing_passwords_counts_too(as_ada: Client, client: Client, workshop: Workshop) -> None:
    send(as_ada, "set-password", workshop, password="pine cone")
    for _ in range(10):
        join(client, workshop, password="guess")

    assert join(client, workshop, password="pine cone").status_code == 429


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_a_code_lives_while_the_workshop_is_open(
    as_ada: Client, client: Client, workshop: Workshop, state: str
) -> None:
    send(as_ada, "change-state", workshop, to=state)

    assert client.get(door("482915")).status_code == 404


def test_a_resumed_workshop_has_a_code_again(as_ada: Client, client: Client, workshop: Workshop) -> None:
    send(as_ada, "change-state", workshop, to="paused")
    send(as_ada, "change-state", workshop, to="open")

    workshop.refresh_from_db()
    assert client.get(door(workshop.join_code)).status_code == 200


def test_a_new_code_ends_the_old_one(as_ada: Client, client: Client, workshop: Workshop) -> None:
    send(as_ada, "renew-code", workshop)

    workshop.refresh_from_db()
    assert client.get(door(workshop.join_code)).status_code == 200
    assert workshop.join_code != "482915"


def test_who_works_alone_has_no_code(alone: Workshop) -> None:
    assert alone.join_code is None


def test_the_cookie_is_for_our_eyes_only(client: Client, workshop: Workshop) -> None:
    join(client, workshop, follow=False)

    cookie = client.cookies[guests.cookie_of(workshop.pk)]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["max-age"]) == ("Lax", settings.GUEST_COOKIE_AGE)


def test_a_forged_cookie_is_nobody(client: Client, workshop: Workshop) -> None:
    guest = make_guest(workshop)
    client.cookies[guests.cookie_of(workshop.pk)] = signing.Signer(salt="other").sign(str(guest.pk))

    answer = client.get(workshop.get_absolute_url())

    assert answer["Location"].startswith("/accounts/login/")


def test_the_code_stays_out_of_search_engines_and_referrers(client: Client, workshop: Workshop) -> None:
    answer = client.get(door(workshop.join_code))

    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "strict-origin"
