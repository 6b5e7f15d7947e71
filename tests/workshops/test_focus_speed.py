"""Focus and wrap-up take as many queries for many as for one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import make_member
from tests.workshops import builders_focus as builders
from workshops.actions import focus
from workshops.models import Participant, Workshop

Count = Callable[[], int]


@pytest.fixture
def count(as_ada: Client, focusing: Workshop) -> Count:
    def counted() -> int:
        url = focusing.get_absolute_url()
        as_ada.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert as_ada.get(url).status_code == 200
        return len(queries)

    return counted


def say(workshop: Workshop, by: Participant) -> None:
    """Dots and answers, all of them open."""
    for bucket in builders.make_finalists(workshop, 3):
        focus.dot(bucket, change=1, by=by, operation=uuid4())
        focus.consent(bucket, value="concern", text="too early", seen=bucket.stamp, by=by, operation=uuid4())
        focus.reveal_consents(bucket, is_revealed=True, by=by, operation=uuid4())
        focus.reveal_dots(workshop, is_revealed=True, by=by, operation=uuid4())
        focus.reveal_dots(workshop, is_revealed=False, by=by, operation=uuid4())
        by = builders.take_part(workshop, make_member(workshop.squad))
    focus.reveal_dots(workshop, is_revealed=True, by=by, operation=uuid4())


def test_focus(count: Count, focusing: Workshop, facilitator: Participant) -> None:
    say(focusing, facilitator)
    for_three = count()

    builders.make_finalists(focusing, 12)

    assert for_three <= 28
    assert count() == for_three


def test_wrap_up(count: Count, focusing: Workshop, facilitator: Participant) -> None:
    Workshop.objects.update(stage="wrap-up")
    for bucket in builders.make_finalists(focusing, 2):
        builders.adopt(bucket.cards.get(), facilitator)
    for_two = count()

    for bucket in builders.make_finalists(focusing, 8):
        builders.adopt(bucket.cards.get(), facilitator)
        builders.make_card(focusing, bucket=bucket)

    assert for_two <= 17
    assert count() == for_two
