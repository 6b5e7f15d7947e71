"""Marks: pairs that say nearly the same."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.suggestions.texts import BOARD, HOSTILE, TEXTS, said
from workshops import suggestions


def test_two_cards_that_say_nearly_the_same_are_a_pair() -> None:
    texts = ["Hours to first answer", "Login failures", "Hours until the first answer"]

    assert suggestions.pairs(texts) == [(0, 2)]


@given(st.lists(TEXTS, max_size=25))
def test_no_card_is_in_more_than_two_pairs(texts: list[str]) -> None:
    pairs = suggestions.pairs(texts)

    assert all(times <= 2 for times in Counter(index for pair in pairs for index in pair).values())
    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)


def test_of_four_equal_cards_each_has_two_marks() -> None:
    assert len(suggestions.pairs(["Open bugs"] * 4)) == 4


@given(st.lists(TEXTS, max_size=25, unique_by=str.strip), st.randoms(use_true_random=False))
def test_the_order_of_the_cards_has_no_influence(texts: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(texts, len(texts))

    assert said(texts, suggestions.pairs(texts)) == said(shuffled, suggestions.pairs(shuffled))


@pytest.mark.parametrize("unrelated", ["Colour of the office walls", *HOSTILE])
def test_an_unrelated_card_moves_no_mark(unrelated: str) -> None:
    board = [*BOARD[:-1], "Hours to the first answer"]

    assert suggestions.pairs([*board, unrelated]) == suggestions.pairs(board)
