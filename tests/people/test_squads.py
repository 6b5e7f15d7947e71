"""Squads: making one, being in one, and not being in one."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from mdd.actors import Display, Guest, Token
from mdd.models import AuditEntry, Membership, Role, Squad, User
from tests import builders


def made(**fields: object) -> dict[str, object]:
    return {"name": "On time", "zone": "Europe/Stockholm", "week_start": 0, "operation": uuid4()} | fields


def test_who_makes_a_squad_is_its_admin(as_eve: Client, eve: User) -> None:
    response = as_eve.post("/squads/new/", made())

    squad = Squad.objects.get(name="On time")
    assert response.status_code == 302
    assert Membership.objects.get(squad=squad).role == Role.ADMIN
    assert AuditEntry.objects.get(squad=squad).what == "squad-founded"


def test_sending_the_form_twice_makes_one_squad(as_eve: Client) -> None:
    form = made()

    first, second = as_eve.post("/squads/new/", form), as_eve.post("/squads/new/", form)

    assert first["Location"] == second["Location"]
    assert Squad.objects.filter(name="On time").count() == 1


def test_two_squads_of_one_name_have_two_addresses(as_eve: Client) -> None:
    as_eve.post("/squads/new/", made())
    as_eve.post("/squads/new/", made())

    assert set(Squad.objects.filter(name="On time").values_list("slug", flat=True)) == {"on-time", "on-time-2"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write a name."),
        ("name", "x" * 81, "at most 80 characters"),
        ("name", "\u2066\u2069", "Write something that can be read."),
        ("zone", "Mars/Olympus", "“Mars/Olympus” is not a time zone"),
        ("zone", "berlin", "Write Europe/Berlin, if that is what you mean."),
        ("zone", "New York", "Write America/New_York, if that is what you mean."),
        ("week_start", "9", "This cannot be chosen any more."),
    ],
)
def test_a_bad_squad_is_asked_again_with_what_was_typed(as_eve: Client, field: str, value: str, sentence: str) -> None:
    response = as_eve.post("/squads/new/", made(**{field: value}))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Europe/Stockholm" in page or field == "zone"


@pytest.mark.parametrize("name", ["Fliegerstaffel 🛫", "الفريق", "<b>bold</b>"])
def test_names_in_any_script_are_kept_and_shown_as_text(as_eve: Client, name: str) -> None:
    as_eve.post("/squads/new/", made(name=name))

    page = as_eve.get("/squads/").content.decode()

    assert Squad.objects.filter(name=name).exists()
    assert "<b>bold" not in page


def test_the_list_counts_everybody_in_a_squad(as_mia: Client, ada: User, lea: User) -> None:
    page = as_mia.get("/squads/").content.decode()

    assert "3 people" in page


def test_a_face_has_one_colour_whatever_is_in_its_name(squad: Squad, client_of: Callable[[User], Client]) -> None:
    ann = builders.make_member(squad, name="Ann O'Neil")

    page = client_of(ann).get(f"{squad.get_absolute_url()}people/").content.decode()

    colours = re.findall(r"avatar--(\d)[^>]*>AO<", page)
    assert len(colours) == 2
    assert len(set(colours)) == 1


def test_every_role_sees_the_home_and_a_stranger_does_not(
    squad: Squad, client_of: Callable[[User], Client], eve: User, ada: User, mia: User, lea: User, cory: User, vic: User
) -> None:
    seen = [client_of(user).get(squad.get_absolute_url()).status_code for user in (ada, mia, lea, cory, vic)]

    assert seen == [200] * 5
    assert client_of(eve).get(squad.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("actor", [Guest(1), Display(1), Token(1)])
def test_guests_displays_and_tokens_see_no_squad(squad: Squad, actor: Guest | Display | Token) -> None:
    assert not Squad.objects.visible_to(actor).exists()


def test_the_only_squad_is_the_front_page(as_ada: Client, squad: Squad) -> None:
    assert as_ada.get("/")["Location"] == squad.get_absolute_url()


def test_somebody_without_a_squad_is_told_what_to_do(as_olga: Client) -> None:
    assert "You are in no squad yet" in as_olga.get("/", follow=True).content.decode()
