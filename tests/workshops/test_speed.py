"""A stage takes as many queries for many answers as for few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mdd.models import Squad, User
from tests.builders import make_answer, make_expectation, make_member
from tests.workshops.posting import move
from tests.workshops.test_hidden import make_opinion
from workshops.models import Workshop

Count = Callable[[], int]


@pytest.fixture
def count(as_ada: Client, workshop: Workshop) -> Count:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_ada.get(workshop.get_absolute_url()).status_code == 200
        return len(queries)

    return counted


def fill(workshop: Workshop, squad: Squad, people: int) -> None:
    """Hidden, revealed and settled answers, expectations and opinions of more people."""
    stage = "deliver" if workshop.stage == "meeting" else workshop.stage
    for _ in range(people):
        by = make_member(squad)
        for fields in ({}, {"is_revealed": True}, {"is_revealed": True, "state": "aside"}):
            make_answer(workshop, by, text="Flights", **{"stage": stage} | fields)
        opinion = make_opinion(workshop, by, expectation_id=make_expectation(squad, by).pk)
        opinion.is_revealed = people % 2 == 0
        opinion.save()


@pytest.mark.parametrize("stage", ["deliver", "customers", "expectations", "meeting"])
def test_a_stage_takes_no_more_queries_for_more_answers(
    count: Count, workshop: Workshop, squad: Squad, stage: str, ada: User
) -> None:
    move(workshop, stage)
    fill(workshop, squad, 2)
    for text in ("mine", "too"):
        make_answer(workshop, ada, text=text, stage="customers")
    few = count()

    fill(workshop, squad, 9)

    assert count() <= few
    assert few <= 20
