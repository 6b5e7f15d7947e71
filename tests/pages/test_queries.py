"""The page of a query: what is asked, and what came back."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from mdd.models import Squad
from tests import builders


def test_trying_another_select_on_a_query_leaves_it_as_it_is(as_mia: Client, squad: Squad) -> None:
    query = builders.make_query(squad, builders.make_source(), text="SELECT 1 AS value")

    response = as_mia.post(
        reverse("metrics:query", args=[query.pk]), {"text": "SELECT 2 AS value", "operation": uuid4(), "try": "1"}
    )

    query.refresh_from_db()
    assert (response.status_code, query.text) == (200, "SELECT 1 AS value")
    assert response.context["tried"].error


def test_what_is_wrong_with_it_stands_alone(as_mia: Client, squad: Squad) -> None:
    trouble = {"error_code": "BAD_QUERY", "error": "Line 1: no such column.", "error_at": timezone.now()}
    query = builders.make_query(squad, builders.make_source(), cadence="hour", **trouble)

    page = as_mia.get(reverse("metrics:query", args=[query.pk]))

    assertContains(page, "Line 1: no such column.")
    assertNotContains(page, "<b>every hour</b>", html=True)
