"""Whose language a page and a mail speak."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.fixtures import Settings

from mdd.models import Squad, User
from metrics.tasks import deliver
from tests import builders

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
FRENCH = {"Accept-Language": "fr"}


def choose(client: Client, **fields: str) -> Any:
    return client.post(reverse("language"), {"language": "de", "next": "/accounts/login/"} | fields)


def speaks(client: Client, headers: dict[str, str] | None = None) -> str:
    """The language of a page, as it says itself."""
    answer = client.get("/accounts/login/" if not client.session.get("_auth_user_id") else "/squads/", headers=headers)
    code = answer["Content-Language"]
    assert f'<html lang="{code}" dir="ltr"' in answer.content.decode()
    return code


@pytest.mark.parametrize(("headers", "code"), [(GERMAN, "de"), (FRENCH, "en"), ({}, "en")])
def test_a_page_speaks_as_the_browser_asks(client: Client, db: None, headers: dict[str, str], code: str) -> None:
    assert speaks(client, headers) == code


def test_somebody_without_an_account_chooses_for_this_browser(client: Client, db: None) -> None:
    answer = choose(client)

    assert answer["Location"] == "/accounts/login/"
    assert speaks(client) == "de"
    assert "Anmelden" in client.get("/accounts/login/").content.decode()


def test_a_member_chooses_for_every_browser(as_mia: Client, mia: User) -> None:
    choose(as_mia)

    mia.refresh_from_db()
    assert mia.language == "de"
    elsewhere = Client()
    elsewhere.force_login(mia)
    assert speaks(elsewhere, FRENCH) == "de"


def test_what_a_member_chose_counts_more_than_the_browser(as_mia: Client, mia: User) -> None:
    User.objects.filter(pk=mia.pk).update(language="en")

    assert speaks(as_mia, GERMAN) == "en"


def test_whoever_signs_up_keeps_the_language_of_the_page(client: Client, db: None) -> None:
    fields = {"name": "Noa", "email": "noa@example.org", "password1": "spaghetti on the wall 42"}

    client.post("/accounts/signup/", fields, headers=GERMAN)

    assert User.objects.get().language == "de"


def test_a_language_that_nobody_speaks_is_asked_again(client: Client, db: None) -> None:
    assert choose(client, language="tlh").status_code == 422


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "foo", ""])
def test_choosing_leads_nowhere_else(client: Client, db: None, address: str) -> None:
    assert choose(client, next=address)["Location"] == "/"


def test_each_language_is_offered_by_its_own_name(client: Client, db: None) -> None:
    html = client.get("/accounts/login/").content.decode()

    names = re.findall(r'<button[^>]* name="language"[^>]*>\s*(\w+)\s*</button>', html)
    assert names == ["English", "Deutsch"]


def test_a_mail_speaks_the_language_of_its_reader(squad: Squad, mia: User, settings: Settings) -> None:
    User.objects.filter(pk=mia.pk).update(language="de")
    mia.refresh_from_db()
    builders.make_delivery(builders.make_metric(squad, owner=mia))

    deliver()

    (message,) = mail.outbox
    assert "Hallo Mia," in str(message.body)
    assert translation.get_language() == "en"


def test_an_invitation_speaks_the_language_of_the_invited(as_ada: Client, squad: Squad) -> None:
    noa = builders.make_user(name="Noa", language="de")
    fields = {"email": noa.email, "role": "member", "operation": "3b241101-e2bb-4255-8caf-4136c566a962"}

    as_ada.post(reverse("workshops:invite", args=[squad.slug, "mail"]), fields)

    (message,) = mail.outbox
    assert message.subject == "Ada lädt dich zu Squad ein"


def test_an_invitation_of_a_stranger_speaks_as_the_one_who_invites(as_ada: Client, squad: Squad, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(language="de")
    fields = {"email": "noa@example.org", "role": "member", "operation": "3b241101-e2bb-4255-8caf-4136c566a962"}

    as_ada.post(reverse("workshops:invite", args=[squad.slug, "mail"]), fields)

    assert "lädt dich" in mail.outbox[0].subject
