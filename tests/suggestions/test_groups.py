"""Groups: what is alike, whatever is written and in whichever order."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.suggestions.texts import BOARD, HOSTILE, TEXTS, said
from workshops import suggestions
from workshops.suggestions import joining, vectors
from workshops.suggestions.vectors import Vectors


def test_what_is_alike_lies_together() -> None:
    groups = said(BOARD, suggestions.groups(BOARD))

    assert {"How long do releases take?", "Late releases", "How often do we release?"} in groups
    assert {"Hours to first answer of a ticket", "Tickets without an answer"} in groups


def test_what_is_like_nothing_else_stays_alone() -> None:
    assert {"Colour of the office walls"} in said(BOARD, suggestions.groups(BOARD))


@given(st.lists(TEXTS, max_size=25))
def test_each_text_is_in_exactly_one_group(texts: list[str]) -> None:
    groups = suggestions.groups(texts)

    assert sorted(index for group in groups for index in group) == list(range(len(texts)))
    assert groups == sorted(sorted(group) for group in groups)


@given(st.lists(TEXTS, max_size=25, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_texts_has_no_influence(texts: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(texts, len(texts))

    assert said(texts, suggestions.groups(texts)) == said(shuffled, suggestions.groups(shuffled))


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_texts_that_are_the_same_are_never_parted(texts: list[str]) -> None:
    twice = [*texts, *reversed(texts)]

    for group in suggestions.groups(twice):
        assert {len(twice) - 1 - index for index in group} == set(group)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    groups = suggestions.groups([text, *BOARD, text])

    assert any({0, len(BOARD) + 1} <= set(group) for group in groups)


def test_what_says_nothing_is_like_nothing() -> None:
    assert suggestions.groups(["", "Open bugs", "🎉🎉", "Late releases"])[0] == [0]


def test_no_texts_are_no_groups() -> None:
    assert suggestions.groups([]) == []


@pytest.mark.parametrize(("cards", "least"), [(0, 0.02), (1, 0.02), (30, 0.06), (60, 0.12), (10_000, 0.45)])
def test_the_more_cards_the_more_alike_they_have_to_be(cards: int, least: float) -> None:
    assert joining.threshold(cards) == pytest.approx(least)


@given(st.integers(0, 2**32 - 1), st.integers(2, 14), st.floats(-0.5, 0.9))
def test_the_chain_finds_what_looking_at_all_pairs_finds(seed: int, count: int, least: float) -> None:
    chance = np.random.default_rng(seed)
    rows, sizes = chance.normal(size=(count, 5)), chance.integers(1, 4, count).astype(float)
    alike = vectors.unit(rows) @ vectors.unit(rows).T

    assert sorted(map(sorted, joining.join(alike, sizes, least))) == looked_at_all(alike, sizes, least)


def looked_at_all(alike: Vectors, sizes: Vectors, least: float) -> list[list[int]]:
    """The definition, slowly: join the two that are most alike on average over all their members."""
    groups = [[row] for row in range(len(sizes))]
    weights = np.outer(sizes, sizes)

    def mean(one: list[int], other: list[int]) -> float:
        return float(np.average(alike[np.ix_(one, other)], weights=weights[np.ix_(one, other)]))

    while len(groups) > 1:
        pairs = [(mean(a, b), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups[:i])]
        nearness, i, j = max(pairs)
        if nearness < least:
            break
        groups[j] += groups.pop(i)
    return sorted(map(sorted, groups))


def test_300_cards_are_grouped_within_150_ms() -> None:
    chance = random.Random(5)
    texts = [" ".join(chance.sample(" ".join(BOARD).split(), chance.randint(2, 12))) for _ in range(300)]
    suggestions.groups(texts)

    assert min(seconds(texts) for _ in range(5)) < 0.150


def seconds(texts: list[str]) -> float:
    started = time.thread_time()
    suggestions.groups(texts)
    return time.thread_time() - started
