"""Groups: average-link joining, down to a threshold that rises with the number of cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from . import vectors, words
from .vectors import Vectors


def groups(texts: Sequence[str]) -> list[list[int]]:
    """The indexes of the texts, each in exactly one group. A text that is like no other is alone in its own."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        places[text.strip()].append(index)
    # Sorted, so that sums are added up and ties are broken in one way however the texts come.
    different = sorted(places)
    sizes = np.array([len(places[text]) for text in different], dtype=np.float64)
    joined = join(likeness(different, sizes), sizes, threshold(len(texts)))
    return sorted(sorted(index for each in group for index in places[different[each]]) for group in joined)


def threshold(count: int) -> float:
    """The mean likeness down to which groups are joined on a board of so many cards (see benchmarks/grouping)."""
    return float(np.clip(0.06 + 0.06 * np.log2(max(count, 1) / 30), 0.02, 0.45))


def likeness(texts: Sequence[str], sizes: Vectors) -> Vectors:
    """How much each text is like each: by its meaning and by its words, half and half."""
    return (meaning(texts, sizes) + wording(texts)) / 2


def meaning(texts: Sequence[str], sizes: Vectors) -> Vectors:
    """The cosine of each text to each, after what all the texts of this board have in common is taken away."""
    rows = vectors.of(texts)
    says_something = rows.any(axis=1)
    if says_something.sum() > 1:
        rows[says_something] -= np.average(rows[says_something], axis=0, weights=sizes[says_something])
    rows = vectors.unit(rows)
    return rows @ rows.T


def wording(texts: Sequence[str]) -> Vectors:
    """The cosine of each text to each by the words that they share; one that few of the texts have counts more."""
    stems = [words.stems_of(text) for text in texts]
    known = Counter(stem for each in stems for stem in each)
    columns = {stem: column for column, stem in enumerate(sorted(known))}
    rows = np.zeros((len(texts), len(columns)))
    for row, each in enumerate(stems):
        for stem in each:
            rows[row, columns[stem]] = np.log1p(len(texts) / known[stem])
    rows = vectors.unit(rows)
    return rows @ rows.T


def join(alike: Vectors, sizes: Vectors, least: float) -> list[list[int]]:
    """Join the two groups that are most alike on average until none are alike enough.

    A chain that goes from nearest to nearest finds the same groups as a look at all pairs each time, in n * n steps.
    """
    open_ = Groups(alike, sizes)
    done: list[list[int]] = []
    chain: list[int] = []
    while open_:
        tip = chain.pop() if chain else open_.first
        near = open_.nearest(tip, before=chain[-1] if chain else tip)
        if open_.alike[tip, near] < least:  # nothing that others join to will be nearer than they are
            done.append(open_.close(tip))
        elif chain and near == chain[-1]:
            open_.merge(chain.pop(), tip)
        else:
            chain += [tip, near]
    return done


class Groups:
    """Those that may still be joined, each known by the row of one of its members."""

    def __init__(self, alike: Vectors, sizes: Vectors) -> None:
        self.alike, self.sizes = alike.copy(), sizes.copy()
        np.fill_diagonal(self.alike, -np.inf)
        self._members = {row: [row] for row in range(len(alike))}

    def __len__(self) -> int:
        return len(self._members)

    @property
    def first(self) -> int:
        return next(iter(self._members))

    def nearest(self, row: int, *, before: int) -> int:
        """The row that is most like this one; of several the one before, or a chain would go round in circles."""
        near = int(self.alike[row].argmax())
        return before if self.alike[row, before] == self.alike[row, near] else near

    def merge(self, row: int, other: int) -> None:
        """One group of two. How much it is like others is the average over all its members."""
        sizes = self.sizes[[row, other]]
        average = sizes @ self.alike[[row, other]] / sizes.sum()
        self.sizes[row] += self.sizes[other]
        self._members[row] += self.close(other)
        average[[row, other]] = -np.inf
        self.alike[row] = self.alike[:, row] = average

    def close(self, row: int) -> list[int]:
        """Take a group out, and say who is in it."""
        self.alike[row] = self.alike[:, row] = -np.inf
        return self._members.pop(row)
