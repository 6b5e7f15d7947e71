"""Sources: set up by operators, seen by those who may ask them, and never telling a secret."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import AuditEntry, Squad
from metrics.models import Source, SourceGrant
from tests import builders

SECRET = "tower-of-hanoi-77"
NEW = "/sources/new/"


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "name": "Flights",
        "concurrency": "1",
        "seconds": "15",
        "host": "db.example.org",
        "port": "5432",
        "dbname": "flights",
        "user": "reader",
        "password": SECRET,
        "sslmode": "require",
        "operation": uuid4(),
    } | fields


@pytest.fixture
def source(as_olga: Client) -> Source:
    as_olga.post(NEW, typed())
    return Source.objects.get()


def url(source: Source) -> str:
    return reverse("metrics:source", args=[source.pk])


def test_an_operator_adds_a_source(as_olga: Client, source: Source) -> None:
    assert (source.name, source.config["host"], source.is_for_all) == ("Flights", "db.example.org", False)
    assert SECRET not in str(source.config)
    assert SECRET.encode() not in bytes(source.sealed)


def test_a_secret_is_never_shown_nor_written_down(as_olga: Client, source: Source) -> None:
    assert SECRET not in as_olga.get(url(source)).content.decode()
    assert not any(SECRET in str(entry.after) for entry in AuditEntry.objects.all())


def test_a_form_says_that_a_secret_left_empty_stays(as_olga: Client, source: Source) -> None:
    says = "Left empty, it stays as it is."

    assert says in as_olga.get(url(source)).content.decode()
    assert says not in as_olga.get(NEW).content.decode()


def test_the_list_calls_a_kind_by_its_name(as_olga: Client, source: Source) -> None:
    assert "PostgreSQL</p>" in as_olga.get("/sources/").content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Write a name."),
        ({"host": "db.example.org/../x"}, "Write one host name or address."),
        ({"host": "host=evil dbname=x"}, "Write one host name or address."),
        ({"port": "70000"}, "At most 65535."),
        ({"port": "first"}, "Write a whole number."),
        ({"seconds": "3600"}, "At most 45."),
        ({"concurrency": "0"}, "At least 1."),
        ({"search_path": "public; drop table"}, "Write schema names with commas."),
    ],
)
def test_a_bad_source_is_asked_again_with_what_was_typed(
    as_olga: Client, fields: dict[str, str], sentence: str
) -> None:
    response = as_olga.post(NEW, typed(dbname="the_warehouse", **fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "the_warehouse" in page
    assert not Source.objects.exists()


def test_two_sources_of_one_name_are_refused(as_olga: Client, source: Source) -> None:
    response = as_olga.post(NEW, typed())

    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["Another source has this name."]
    assert Source.objects.count() == 1


def test_an_empty_password_keeps_the_old_one(as_olga: Client, source: Source) -> None:
    before = bytes(source.sealed)

    as_olga.post(url(source), typed(name="All flights", password=""))

    source.refresh_from_db()
    assert source.name == "All flights"
    assert bytes(source.sealed) == before


@pytest.mark.parametrize(("field", "value"), [("host", "evil.example.org"), ("port", "6000"), ("user", "root")])
def test_a_stored_password_is_not_sent_elsewhere(as_olga: Client, source: Source, field: str, value: str) -> None:
    response = as_olga.post(url(source), typed(password="", **{field: value}))

    source.refresh_from_db()
    assert response.status_code == 422
    assert source.config["host"] == "db.example.org"


def test_a_check_that_fails_says_why_in_one_sentence(as_olga: Client, db: None) -> None:
    source = builders.make_source()

    page = as_olga.post(reverse("metrics:check-source", args=[source.pk]), follow=True).content.decode()

    assert "MDD may not connect to 127.0.0.1, port 1." in page


def test_squads_are_granted_and_revoked(as_olga: Client, source: Source, squad: Squad) -> None:
    grants = reverse("metrics:grants", args=[source.pk])

    as_olga.post(grants, {"squads": [squad.pk]})
    assert SourceGrant.objects.get().squad == squad

    as_olga.post(grants, {})
    assert not SourceGrant.objects.exists()


def test_a_member_sees_what_the_squad_may_ask_and_nothing_more(as_mia: Client, squad: Squad) -> None:
    builders.make_source(name="Everybody's")
    builders.make_source(name="Somebody's", is_for_all=False)

    page = as_mia.get("/sources/").content.decode()

    assert "Everybody&#x27;s" in page
    assert "Somebody&#x27;s" not in page
    assert "127.0.0.1" not in page


CHECKED, ASKED = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)


@pytest.mark.parametrize(
    ("checked", "answered", "said"),
    [
        ({}, None, "no answer yet"),
        ({}, ASKED, "answers"),
        ({"checked_at": CHECKED}, None, "answers"),
        ({"checked_at": CHECKED, "health": {"error": "Nobody is there."}}, None, "Nobody is there."),
        ({"checked_at": CHECKED, "health": {"error": "Nobody is there."}}, ASKED, "answers"),
        ({"failures": 5, "open_until": ASKED}, CHECKED, "does not answer"),
        ({"checked_at": ASKED, "health": {"error": "Nobody is there."}}, CHECKED, "Nobody is there."),
    ],
)
def test_the_list_says_what_the_last_check_or_query_told(
    as_olga: Client, squad: Squad, checked: dict[str, Any], answered: datetime | None, said: str
) -> None:
    source = builders.make_source(**checked)
    for at in (None, answered):
        builders.make_query(squad, source=source, answered_at=at)

    page = as_olga.get("/sources/").content.decode()

    shown = {
        words for words in ("no answer yet", "answers", "does not answer", "Nobody is there.") if f">{words}<" in page
    }
    assert shown == {said}
