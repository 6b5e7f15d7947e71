"""What people type becomes cards: one a line, its kind by the first sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops import thoughts
from workshops.models import Card


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("Who waits?", "Who waits?", "question"),
        ("Late crews are the cause", "Late crews are the cause", "hunch"),
        ("? who waits", "who waits", "question"),
        ("# Delay minutes per gate", "Delay minutes per gate", "metric"),
        ("#Is it a number?", "Is it a number?", "metric"),
        ("! It is the weather", "It is the weather", "hunch"),
        ("“The app knew first”", "The app knew first", "evidence"),
        ('"They left', "They left", "evidence"),
        ("- who waits?", "who waits?", "question"),
        ("12. # Bags lost", "Bags lost", "metric"),
        ("  too   many\tspaces ", "too many spaces", "hunch"),
        ("3 of 5 callers wait", "3 of 5 callers wait", "hunch"),
    ],
)
def test_a_line_is_a_card_of_the_kind_that_its_sign_says(typed: str, text: str, kind: str) -> None:
    assert thoughts.read(typed) == [(text, kind, 1)]


def test_a_pasted_list_is_many_cards() -> None:
    read = thoughts.read("* Who waits?\n\n* # Bags lost\r\n* ! Rain\n")

    assert [each.kind for each in read] == ["question", "metric", "hunch"]


@pytest.mark.parametrize(("typed", "kind"), [("Who waits?", "metric"), ("! Rain", "hunch")])
def test_a_sign_wins_over_the_chosen_kind_and_that_over_the_question_mark(typed: str, kind: str) -> None:
    assert thoughts.read(typed, kind="metric")[0].kind == kind


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_breaks_it(typed: str) -> None:
    for each in thoughts.read(typed):
        assert each.kind in Card.Kind.values
        assert each.text == each.text.strip()
