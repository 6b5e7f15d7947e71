"""The board takes as many queries for three hundred cards as for three, and little of the processor."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mdd.models import Squad, User
from tests import builders
from tests.workshops.boards import bucket_of, make_workshop, place_of
from workshops.models import Card, Keep, Workshop

STAGES = ["throw", "group", "prune"]


def fill(workshop: Workshop, by: User, count: int) -> None:
    """Cards in the tangle, in a bucket and in the tray, face up and face down, each judged by one person."""
    me, bucket = place_of(workshop, by), bucket_of(workshop)
    expectation = builders.make_expectation(workshop.squad, by)
    lying: list[dict[str, Any]] = [
        {"state": "thrown"},
        {"state": "grouped", "bucket": bucket},
        {"state": "parked", "reason": "later"},
    ]
    cards = Card.objects.bulk_create(
        Card(
            workshop=workshop,
            participant=me,
            text=f"How many of {number}?",
            is_revealed=number % 5 > 0,
            expectation=expectation,
            **lying[number % 3],
        )
        for number in range(count)
    )
    Keep.objects.bulk_create(Keep(card=card, participant=me, value="keep") for card in cards)


@pytest.mark.parametrize("stage", STAGES)
def test_a_board_of_three_hundred_takes_as_many_queries_as_one_of_three(
    as_ada: Client, squad: Squad, ada: User, stage: str
) -> None:
    counts = []
    for count in (3, 300):
        workshop = make_workshop(squad, ada, stage=stage)
        fill(workshop, ada, count)
        as_ada.get(workshop.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            as_ada.get(workshop.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


@pytest.mark.parametrize("stage", STAGES)
def test_a_board_of_three_hundred_takes_less_than_a_second_of_the_processor(
    as_ada: Client, squad: Squad, ada: User, stage: str
) -> None:
    workshop = make_workshop(squad, ada, stage=stage)
    fill(workshop, ada, 300)
    as_ada.get(workshop.get_absolute_url())

    started = process_time()
    as_ada.get(workshop.get_absolute_url())
    took = process_time() - started

    assert took < 1, f"{took:.2f} s"
