"""A board as squads throw it, and what else can be typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

BOARD = [
    "How long do releases take?",
    "Late releases",
    "How often do we release?",
    "Hours to first answer of a ticket",
    "Tickets without an answer",
    "Open bugs",
    "Hours until a bug is fixed",
    "Bugs that were opened again",
    "Do customers come back?",
    "Customers who leave us",
    "Colour of the office walls",
]

HOSTILE = [
    "",
    " \t ",
    "\x00",
    "\ud800",
    "🎉🏳️‍🌈👩‍👩‍👧‍👦",
    "<script>alert(1)</script>",
    "'; DROP TABLE card; --",
    "どのくらい待ちますか",
    "كم عدد التذاكر المفتوحة",
    "e\u0301" * 40,
    "\u202eright to left\u202c",
    "a" * 100_000,
    "<s></s><unk>",
    "NaN",
]

TEXTS = st.one_of(st.sampled_from(BOARD + HOSTILE[:-4]), st.text(max_size=40))


def said(texts: Sequence[str], groups: Iterable[Iterable[int]]) -> set[frozenset[str]]:
    return {frozenset(texts[index] for index in group) for group in groups}
