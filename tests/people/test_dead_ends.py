"""Where an address takes forms only, whoever comes there by hand finds the way back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad
from tests.builders import make_metric

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def url(squad: Squad) -> str:
    """The address of a form that was refused: it stays in the browser, to be loaded once more."""
    return reverse("metrics:paste", args=[make_metric(squad).pk])


def test_an_address_that_takes_forms_only_says_so(as_mia: Client, url: str) -> None:
    answer = as_mia.get(url, headers=BROWSER)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "There is nothing to look at here" in answer.content.decode()


def test_a_script_is_told_nothing(as_mia: Client, url: str) -> None:
    assert as_mia.get(url).content == b""
