"""Marks: pairs of texts that say nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from . import vectors
from .vectors import Vectors

LEAST = 0.50  # plain cosine: an unrelated text that comes later changes none of it
MOST = 2  # a text


def pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes, the lower one first. No index is in more than two of them: the nearest."""
    order = sorted(range(len(texts)), key=lambda index: texts[index].strip())
    rows = vectors.of([texts[index] for index in order])
    found = [(order[one], order[other]) for one, other in nearest(rows @ rows.T)]
    return sorted((min(pair), max(pair)) for pair in found)


def nearest(alike: Vectors, least: float = LEAST) -> Iterator[tuple[int, int]]:
    """Pairs that are near enough, the nearest first, while each has room for one more; of equal ones neighbours."""
    taken: Counter[int] = Counter()
    ones, others = np.nonzero(np.triu(alike.round(9), 1) >= least)
    for place in np.lexsort((others, ones, others - ones, -alike[ones, others].round(9))):
        pair = int(ones[place]), int(others[place])
        if all(taken[index] < MOST for index in pair):
            taken.update(pair)
            yield pair
