"""What the form of an adoption is filled with, from what the squad has said before."""

from __future__ import annotations

import pytest
from django.test import Client

from mdd.models import User
from tests.workshops import builders_focus as builders
from tests.workshops.adoption import url
from workshops.models import Adoption, Card, Workshop

UP, DOWN = "Do people come back?", "How long do callers wait?"


def make_card(wrapping: Workshop, text: str = UP, **said: str) -> Card:
    """A survivor of a bucket of which the squad has said no more than this."""
    return builders.make_card(wrapping, bucket=builders.make_bucket(wrapping, **{"if_rises": "", **said}), text=text)


@pytest.mark.parametrize(
    ("text", "said", "promised"),
    [
        (UP, {"if_rises": "thank the desk"}, ""),
        (UP, {"if_falls": "ask the desk"}, "ask the desk"),
        (DOWN, {"if_falls": "ask the desk"}, ""),
        (DOWN, {"if_rises": "add a desk"}, "add a desk"),
    ],
)
def test_what_is_done_when_it_goes_well_is_no_promise_for_when_it_goes_wrong(
    as_mia: Client, wrapping: Workshop, text: str, said: dict[str, str], promised: str
) -> None:
    form = as_mia.get(url(make_card(wrapping, text, **said))).context["form"]

    assert form["if_wrong"].value() == promised


def test_the_unit_that_was_agreed_on_is_taken_and_stands_beside_the_target(as_mia: Client, wrapping: Workshop) -> None:
    response = as_mia.get(url(make_card(wrapping, "Share of calls", unit="calls <b>a day</b>")))

    assert response.context["form"]["unit"].value() == "calls <b>a day</b>"
    assert "In calls &lt;b&gt;a day&lt;/b&gt;." in response.content.decode()


def test_a_number_of_each_week_is_not_told_as_one_of_each_day(as_mia: Client, survivor: Card, mia: User) -> None:
    form = as_mia.get(url(survivor)).context["form"]
    as_mia.post(url(survivor), builders.typed(mia, feed="week", definition=form["definition"].value()))

    metric = Adoption.objects.get().metric
    page = as_mia.get(metric.get_absolute_url()).content.decode()

    assert "a day" not in metric.definition
    assert "A week’s value" in page
    assert "A day’s value" not in page
