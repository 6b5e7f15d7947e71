"""The one account of the demo that can sign in."""

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Membership, Role, Squad, User
from workshops.demo import people


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_demo_user_signs_in_with_a_random_password(squad: Squad) -> None:
    password = people.open_door(squad)

    assert password
    assert is_signed_in(sign_in(people.SIGN_IN, password))
    assert not is_signed_in(sign_in(people.SIGN_IN, "wrong"))


def test_the_password_is_told_once(squad: Squad) -> None:
    people.open_door(squad)

    assert people.open_door(squad) is None


def test_the_demo_user_is_an_admin_of_the_squad(squad: Squad) -> None:
    people.open_door(squad)

    assert Membership.objects.get(user__email=people.SIGN_IN, squad=squad).role == Role.ADMIN


def test_a_closed_door_ends_open_sessions_too(squad: Squad) -> None:
    password = people.open_door(squad)
    assert password
    inside = sign_in(people.SIGN_IN, password)

    people.close_door()

    assert inside.get(reverse("workshops:squads")).status_code == 302
    assert not is_signed_in(sign_in(people.SIGN_IN, password))
    assert not User.objects.filter(is_staff=True).exists()


def test_a_door_that_is_opened_again_has_a_new_password(squad: Squad) -> None:
    first = people.open_door(squad)
    people.close_door()

    assert people.open_door(squad) not in {first, None}


@pytest.mark.parametrize("name", people.MEMBERS)
def test_nobody_can_sign_in_as_a_member(db: None, name: str) -> None:
    assert not people.cast()[name].has_usable_password()
