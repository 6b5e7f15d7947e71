"""The draft of a title, and what is not English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.suggestions.texts import BOARD, HOSTILE, TEXTS
from workshops import suggestions


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["Late releases", "How long do releases take?", "Release lead time"], "Releases"),
        (["First answer to a ticket", "Tickets without an answer"], "Answer, tickets"),
        (["API errors", "How many errors does the API give?"], "API errors"),
        (["Open bugs", "open bugs"], "Open bugs"),
        (["A query that failed", "Failing queries"], "Failing queries"),
        (["Who waits?", "How long?"], ""),
        ([], ""),
    ],
)
def test_a_title_is_made_of_the_words_that_are_shared(texts: list[str], title: str) -> None:
    assert suggestions.title(texts) == title


def test_a_word_that_the_others_share_too_says_less() -> None:
    texts = ["Flights delayed by weather", "Weather on flights", "Weather and flights", "Flights late"]

    assert suggestions.title(texts) == "Flights, weather"
    assert suggestions.title(texts, others=["Flights"] * 40) == "Weather"


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_a_title_fits_a_bucket(texts: list[str], others: list[str]) -> None:
    assert len(suggestions.title(texts, others)) <= 60


@given(st.permutations(BOARD))
def test_the_order_has_no_influence_on_a_title(texts: list[str]) -> None:
    assert suggestions.title(texts) == suggestions.title(BOARD)


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Tickets sind offen?",
        "Combien de clients nous quittent ?",
        "¿Cuántos clientes se van?",
        "Quanti bug sono aperti?",
        "Hoeveel klanten wachten op een antwoord?",
        "どのくらい待ちますか",
        "Сколько багов открыто",
        "كم عدد التذاكر المفتوحة",
    ],
)
def test_other_languages_are_noticed(text: str) -> None:
    assert suggestions.foreign([*BOARD, text]) == [len(BOARD)]


@pytest.mark.parametrize(
    "text", [*BOARD, *HOSTILE[:7], "Deploys per week", "How often do servers die?", "p95 in ms", "die Hard fans we met"]
)
def test_in_doubt_a_text_is_english(text: str) -> None:
    assert suggestions.foreign([text]) == []
