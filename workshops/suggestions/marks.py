"""Marks: pairs of texts that say nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from . import vectors

LEAST = 0.50  # plain cosine: an unrelated text that comes later changes none of it
MOST = 2  # a text


def pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes, the lower one first. No index is in more than two of them: the nearest."""
    taken: Counter[int] = Counter()
    found = []
    for pair in _by_nearness(texts):
        if all(taken[index] < MOST for index in pair):
            taken.update(pair)
            found.append(pair)
    return sorted(found)


def _by_nearness(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """All that are near enough, the nearest first; of equal ones by what they say, then neighbours first."""
    order = sorted(range(len(texts)), key=lambda index: texts[index].strip())
    rows = vectors.of([texts[index] for index in order])
    alike = np.triu((rows @ rows.T).round(9), 1)
    ones, others = np.nonzero(alike >= LEAST)
    for place in np.lexsort((others, ones, others - ones, -alike[ones, others])):
        one, other = order[ones[place]], order[others[place]]
        yield min(one, other), max(one, other)
