"""Ways to group cards and to mark pairs of them: ours, where it started, and what it has to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from workshops import suggestions
from workshops.suggestions import joining, marks, vectors
from workshops.suggestions.vectors import Vectors

Way = Callable[[Sequence[str]], Sequence[Sequence[int]]]


def by_meaning_alone(base: float = 0.14) -> Way:
    """The recipe that it started from: centred vectors, average link down to t(n)."""

    def way(texts: Sequence[str]) -> list[list[int]]:
        ones = np.ones(len(texts))
        least = np.clip(base + 0.06 * np.log2(len(texts) / 30), 0.02, 0.45)
        return joining.join(joining.meaning(texts, ones), ones, float(least))

    return way


def by_meaning_and_words(base: float, slope: float, share: float) -> Way:
    """What ships, with other numbers."""

    def way(texts: Sequence[str]) -> list[list[int]]:
        ones = np.ones(len(texts))
        alike = (1 - share) * joining.meaning(texts, ones) + share * joining.wording(texts)
        return joining.join(alike, ones, float(np.clip(base + slope * np.log2(len(texts) / 30), 0.02, 0.45)))

    return way


def overlap(texts: Sequence[str]) -> Vectors:
    alike: Vectors = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process)
    return alike.astype(np.float64) / 100


def by_overlap(least: float) -> Way:
    """Plain word overlap, joined in the same way."""
    return lambda texts: joining.join(overlap(texts), np.ones(len(texts)), least)


def by_means(groups: Callable[[int], int]) -> Way:
    """K-means on the same vectors, for so many groups of so many cards: the best of four beginnings."""

    def way(texts: Sequence[str]) -> list[list[int]]:
        rows = vectors.of(texts)
        chance = np.random.default_rng(0)
        tries = [means(rows, groups(len(texts)), chance) for _ in range(4)]
        nearest = min(tries, key=lambda each: each[0])[1]
        return [np.flatnonzero(nearest == group).tolist() for group in np.unique(nearest)]

    return way


def means(rows: Vectors, groups: int, chance: np.random.Generator) -> tuple[float, Vectors]:
    """The sum of squared distances, and the group of each row."""
    centres = rows[[chance.integers(len(rows))]]
    while len(centres) < groups:  # k-means++: the farther from all centres, the likelier the next one
        far = distances(rows, centres).min(axis=1)
        centres = np.vstack([centres, rows[chance.choice(len(rows), p=far / far.sum())]])
    for _ in range(30):
        nearest = distances(rows, centres).argmin(axis=1)
        centres = np.stack(
            [
                rows[nearest == group].mean(axis=0) if (nearest == group).any() else centre
                for group, centre in enumerate(centres)
            ]
        )
    return float(distances(rows, centres).min(axis=1).sum()), distances(rows, centres).argmin(axis=1)


def distances(rows: Vectors, centres: Vectors) -> Vectors:
    squares: Vectors = (rows**2).sum(axis=1)[:, None] - 2 * rows @ centres.T + (centres**2).sum(axis=1)
    return squares.clip(min=0)


WAYS: Mapping[str, Way] = {
    "ours": suggestions.groups,
    "meaning alone (start)": by_meaning_alone(),
    "word overlap (RapidFuzz)": by_overlap(0.6),
    "k-means, √n groups": by_means(lambda cards: round(cards**0.5)),
    "k-means, n/4 groups": by_means(lambda cards: cards // 4),
    "each alone": lambda texts: [[index] for index in range(len(texts))],
}

PAIRS: Mapping[str, Way] = {
    "ours": suggestions.pairs,
    "word overlap (RapidFuzz)": lambda texts: list(marks.nearest(overlap(texts), least=0.65)),
}
