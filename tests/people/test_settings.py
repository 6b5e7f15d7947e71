"""Changing what a squad is called and whose days it lives in."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import AuditEntry, Squad


def save(client: Client, squad: Squad, **fields: object) -> Any:
    wanted = {"name": "Desk", "zone": "Europe/Stockholm", "week_start": 0, "operation": uuid4()} | fields
    return client.post(reverse("workshops:settings", args=[squad.slug]), wanted)


def test_an_admin_changes_all_three(as_ada: Client, squad: Squad) -> None:
    response = save(as_ada, squad, zone="Asia/Tokyo", week_start=6)

    slug = squad.slug
    squad.refresh_from_db()
    assert response["Location"] == squad.get_absolute_url()
    assert (squad.name, squad.zone, squad.week_start, squad.slug) == ("Desk", "Asia/Tokyo", 6, slug)
    assert set(AuditEntry.objects.values_list("what", flat=True)) == {"squad-renamed", "zone-changed"}


def test_saving_what_is_there_already_leaves_no_trace(as_ada: Client, squad: Squad) -> None:
    save(as_ada, squad, name=squad.name)

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"zone": "Mars/Olympus"}, "is not a time zone"),
        ({"name": ""}, "Write a name."),
        ({"week_start": 3}, "This cannot be chosen any more."),
    ],
)
def test_bad_settings_are_asked_again(as_ada: Client, squad: Squad, fields: dict[str, object], sentence: str) -> None:
    response = save(as_ada, squad, **fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not AuditEntry.objects.exists()


def test_the_form_begins_with_what_is(as_ada: Client, squad: Squad) -> None:
    page = as_ada.get(reverse("workshops:settings", args=[squad.slug])).content.decode()

    assert 'value="Europe/Stockholm"' in page
