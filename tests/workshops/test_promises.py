"""Where the page promises that words stay one's own: only where they do."""

from __future__ import annotations

import pytest
from django.test import Client

from mdd.models import Squad, User
from tests.builders import make_expectation
from tests.workshops.boards import page_of
from tests.workshops.posting import move, send
from workshops.actions import workshops
from workshops.models import Workshop

PROMISE = "What you write stays yours until it is revealed"


@pytest.mark.parametrize(
    ("stage", "is_promised"),
    [
        *(("deliver", True), ("meeting", True), ("throw", True)),
        *(("group", False), ("prune", False), ("focus", False), ("wrap-up", False)),
    ],
)
@pytest.mark.parametrize("is_anonymous", [False, True])
def test_a_promise_stands_where_something_is_written_unseen(
    as_mia: Client, ada: User, squad: Squad, stage: str, *, is_promised: bool, is_anonymous: bool
) -> None:
    make_expectation(squad, ada)
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada, is_anonymous=is_anonymous)

    page = page_of(as_mia, move(workshop, stage))

    assert page.count(PROMISE) == is_promised
    assert page.count("nobody learns whose it was") == (is_promised and is_anonymous)


def test_who_only_looks_is_promised_nothing(as_vic: Client, workshop: Workshop) -> None:
    assert PROMISE not in page_of(as_vic, workshop)


def test_the_promise_ends_once_ones_opinion_lies_open(
    as_ada: Client, as_mia: Client, ada: User, workshop: Workshop
) -> None:
    about = make_expectation(move(workshop, "meeting").squad, ada)
    send(as_mia, "opine", workshop, about.pk, expectation=about.pk, verdict="met")
    send(as_ada, "reveal-opinions", workshop)

    assert PROMISE not in page_of(as_mia, workshop)


def test_at_focus_the_page_says_what_is_seen_at_once(as_mia: Client, focusing: Workshop) -> None:
    assert "Everybody sees at once how you phrase it." in page_of(as_mia, focusing)
