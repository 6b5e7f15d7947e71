"""The words that a text is about, and how much texts are alike by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from . import language, vectors
from .vectors import Vectors

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ASKING = language.ENGLISH | language.of("asking")
"""Words that many questions have whatever they are about."""


def likeness(texts: Sequence[str]) -> Vectors:
    """The cosine of each text to each by the words that they share; one that few of the texts have counts more."""
    stems = [stems_of(text) for text in texts]
    known = Counter(stem for each in stems for stem in each)
    columns = {stem: column for column, stem in enumerate(sorted(known))}
    rows = np.zeros((len(texts), len(columns)))
    for row, each in enumerate(stems):
        for stem in each:
            rows[row, columns[stem]] = np.log1p(len(texts) / known[stem])
    rows = vectors.unit(rows)
    return rows @ rows.T


def stems_of(text: str) -> set[str]:
    return {stem_of(word) for word in words(text)}


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if says_something(word)]


def says_something(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word.casefold() not in ASKING


def stem_of(word: str) -> str:
    """Near enough to tell that "releases" and "release" are one."""
    word = word.casefold()
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word.rstrip("ei").removesuffix("y")
