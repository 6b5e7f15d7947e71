"""Signing up, signing in, and getting back in."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from mdd.models import User
from tests import builders

PASSWORD = "spaghetti on the wall 42"


def sign_up(client: Client, **fields: str) -> Any:
    wanted = {"name": "Noa", "email": "Noa@Example.org", "password1": PASSWORD} | fields
    return client.post("/accounts/signup/", wanted)


def test_a_person_signs_up_and_is_in(client: Client, db: None) -> None:
    response = sign_up(client)

    assert response.status_code == 302
    noa = User.objects.get()
    assert (noa.name, noa.email, noa.is_staff) == ("Noa", "noa@example.org", False)
    assert client.get("/", follow=True).status_code == 200


def test_the_password_is_kept_as_argon2(client: Client, db: None, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    sign_up(client)

    assert User.objects.get().password.startswith("argon2")


@pytest.mark.parametrize(("has_smtp", "sentence"), [(True, "is on its way"), (False, "No mail goes out from here")])
def test_who_signed_up_is_told_only_what_is_true(
    client: Client, db: None, settings: Settings, has_smtp: bool, sentence: str
) -> None:
    settings.HAS_SMTP = has_smtp

    sign_up(client)

    page = client.get("/", follow=True).content.decode()
    assert sentence in page
    assert "Successfully signed in" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Write your name."),
        ({"name": "\u200b\u200b"}, "Write something that can be read."),
        ({"name": "Noa\u202eaoN"}, "invisible character"),
        ({"name": "N" * 81}, "at most 80 characters"),
        ({"email": "no address"}, "This is no email address."),
        ({"password1": "short"}, "too short"),
    ],
)
def test_bad_sign_up_is_asked_again(client: Client, db: None, fields: dict[str, str], sentence: str) -> None:
    response = sign_up(client, **fields)

    assert sentence in response.content.decode()
    assert not User.objects.exists()


def test_a_name_of_script_is_shown_as_text(client: Client, db: None) -> None:
    sign_up(client, name="<script>alert(1)</script>")

    page = client.get("/squads/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_sign_up_can_be_closed(client: Client, db: None, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = False

    sign_up(client)

    assert not User.objects.exists()


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client, db: None) -> None:
    user = builders.make_user(name="Noa", password=PASSWORD)

    page = client.post("/accounts/login/", {"login": user.email, "password": "wrong"}).content.decode()

    assert user.email in page
    assert "not correct" in page


def test_a_person_gets_back_in_by_mail(client: Client, db: None) -> None:
    user = builders.make_user(name="Noa", password="the old one, long forgotten")
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http://[^/]+(\S+)", str(mail.outbox[0].body))
    assert link

    form = client.get(link.group(1), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert client.login(email=user.email, password=PASSWORD)


def test_asking_for_a_reset_does_not_tell_who_has_an_account(client: Client, db: None) -> None:
    user = builders.make_user(name="Noa")

    known = client.post("/accounts/password/reset/", {"email": user.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_somebody_unknown_is_asked_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/squads/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/squads/"


def test_waiting_mail_is_shown_to_operators_only(
    as_olga: Client, as_eve: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "mdd.waiting_mail.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    tmp_path.chmod(0o755)
    mail.send_mail("Reset your password", "Open this link", None, ["noa@example.org"])

    page = as_olga.get("/staff/mail/").content.decode()

    assert "Reset your password" in page
    assert "Open this link" in page
    assert as_eve.get("/staff/mail/").status_code == 404
    assert f"{tmp_path.stat().st_mode:o}" == "40700"


def test_the_picture_of_the_loop_promises_only_what_is_there(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()

    assert "Dashboards" in page
    assert "check-in" not in page.lower()
