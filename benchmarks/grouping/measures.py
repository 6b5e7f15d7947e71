"""How near a grouping comes to the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]


class Score(NamedTuple):
    """Adjusted Rand index, V-measure, and of the pairs: how many of those grouped belong, and how many of all."""

    ari: float
    v: float
    precision: float
    recall: float
    f05: float


def score(labels: Sequence[str], groups: Sequence[Sequence[int]]) -> Score:
    counts = together(labels, groups)
    right, grouped, labelled = pairs(counts), pairs(counts.sum(axis=0)), pairs(counts.sum(axis=1))
    precision, recall = share(right, grouped), share(right, labelled)
    by_chance = grouped * labelled / pairs(np.array([len(labels)]))
    ari = share(right - by_chance, (grouped + labelled) / 2 - by_chance)
    return Score(ari, v_measure(counts / len(labels)), precision, recall, f_measure(precision, recall))


def together(labels: Sequence[str], groups: Sequence[Sequence[int]]) -> Table:
    """How many of each label (row) lie in each group (column)."""
    rows = {label: row for row, label in enumerate(sorted(set(labels)))}
    counts = np.zeros((len(rows), len(groups)))
    for column, group in enumerate(groups):
        for index in group:
            counts[rows[labels[index]], column] += 1
    return counts


def pairs(counts: Table) -> float:
    return float((counts * (counts - 1) / 2).sum())


def v_measure(shares: Table) -> float:
    of_labels, of_groups = entropy(shares.sum(axis=1)), entropy(shares.sum(axis=0))
    return share(2 * (of_labels + of_groups - entropy(shares)), of_labels + of_groups)


def entropy(shares: Table) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())


def f_measure(precision: float, recall: float, beta: float = 0.5) -> float:
    return share((1 + beta**2) * precision * recall, beta**2 * precision + recall)


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
