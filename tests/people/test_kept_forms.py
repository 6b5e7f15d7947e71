"""Whoever signed out meanwhile, or in and out in another tab, does not lose what they typed."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User

BROWSER = {"Accept": "text/html,*/*;q=0.8", "Origin": "http://testserver"}
TYPED = {"question": "How long?\r\nReally <b>?", "bucket": "Usage", "operation": str(uuid4())}


@pytest.fixture
def url(squad: Squad) -> str:
    return reverse("metrics:new-dashboard", args=[squad.slug])


@pytest.fixture
def strict(mia: User) -> Client:
    """A browser that is signed in, and whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    return client


def given_back(page: str) -> dict[str, str]:
    """The hidden fields of the form that sends it again."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in fields}


def sent(client: Client, url: str, **headers: str) -> Any:
    return client.post(url, TYPED, headers=BROWSER | headers)


def test_whoever_is_signed_out_is_given_back_what_they_typed(client: Client, url: str) -> None:
    answer = sent(client, url)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert given_back(page).items() >= TYPED.items()
    assert 'href="/accounts/login/"' in page


def test_a_token_that_is_too_old_is_made_anew_for_what_was_typed(strict: Client, url: str) -> None:
    page = sent(strict, url).content.decode()

    again = strict.post(url, given_back(page), headers=BROWSER)

    assert given_back(page).items() >= TYPED.items()
    assert again["Location"].startswith("/dashboards/")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_what_another_site_sent_is_not_offered(strict: Client, url: str, origin: str) -> None:
    answer = sent(strict, url, Origin=origin)

    assert answer.status_code == 403
    assert "How long" not in answer.content.decode()


def test_a_password_is_not_given_back(strict: Client, client: Client) -> None:
    form = {"login": "ada@example.org", "password": "tower-of-hanoi-77"}

    for each, address in ((strict, "/accounts/login/"), (client, "/accounts/password/change/")):
        assert "tower-of-hanoi-77" not in each.post(address, form, headers=BROWSER).content.decode()


@pytest.mark.parametrize("headers", [{"Accept": "*/*"}, {"HX-Request": "true"}])
def test_a_script_is_led_to_the_sign_in_as_before(client: Client, url: str, headers: dict[str, str]) -> None:
    assert sent(client, url, **headers)["Location"] == f"/accounts/login/?next={url}"
