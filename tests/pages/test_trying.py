"""A SELECT is tried where it is written."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from metrics.actions import queries
from metrics.models import Metric, Query
from tests import builders

from .test_metrics import by_hand, by_select, url

MARKS = re.compile(r'name="(text|try|query|column|cadence)"|id="(tried)"')


def marks(page: str) -> list[str]:
    """What stands on the page, from the top."""
    return ["".join(found) for found in MARKS.findall(page)]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "preview", lambda _squad, **_asked: queries.Preview(("value",), ()))


def test_a_select_is_tried_right_below_it(as_mia: Client, squad: Squad) -> None:
    page = as_mia.get(url(squad, "sql")).content.decode()

    assert marks(page) == ["text", "try", "column", "cadence"]


def test_the_answer_stands_right_below_the_select(as_mia: Client, squad: Squad, mia: User, answers: None) -> None:
    page = as_mia.post(url(squad, "sql"), by_select(mia, source=builders.make_source().pk) | {"try": "1"})

    assert marks(page.content.decode()) == ["text", "try", "tried", "column", "cadence"]


def test_a_select_is_tried_with_the_rest_still_open(as_mia: Client, squad: Squad, mia: User, answers: None) -> None:
    sent = by_select(mia, source=builders.make_source().pk, question="", definition="All <calls>.")

    response = as_mia.post(url(squad, "sql"), sent | {"owner": "", "try": "1"})

    page = response.content.decode()
    assert (response.status_code, "What it would answer" in page) == (200, True)
    assert "All &lt;calls&gt;.</textarea>" in page


def test_trying_asks_for_what_is_missing_in_the_select_only(as_mia: Client, squad: Squad, mia: User) -> None:
    sent = by_select(mia, source="", question="", definition="All <calls>.")

    response = as_mia.post(url(squad, "sql"), sent | {"try": "1"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["source"])
    assert "All &lt;calls&gt;.</textarea>" in response.content.decode()


def test_trying_a_select_keeps_nothing(as_mia: Client, squad: Squad, mia: User) -> None:
    source = builders.make_source()

    response = as_mia.post(url(squad, "sql"), by_select(mia, source=source.pk) | {"try": "1"})

    page = response.content.decode()
    assert "What it would answer" in page
    assert "MDD may not connect to 127.0.0.1, port 1." in page
    assert not Query.objects.exists()


def test_what_is_written_by_hand_cannot_be_tried(as_mia: Client, squad: Squad, mia: User) -> None:
    response = as_mia.post(url(squad, "hand"), by_hand(mia) | {"try": "1"})

    assert response.status_code == 200
    assert response.context["tried"] is None
    assert not Metric.objects.exists()


def test_trying_another_select_on_a_query_leaves_it_as_it_is(as_mia: Client, squad: Squad) -> None:
    query = builders.make_query(squad, builders.make_source(), text="SELECT 1 AS value")

    response = as_mia.post(
        reverse("metrics:query", args=[query.pk]), {"text": "SELECT 2 AS value", "operation": uuid4(), "try": "1"}
    )

    query.refresh_from_db()
    assert (response.status_code, query.text) == (200, "SELECT 1 AS value")
    assert response.context["tried"].error
