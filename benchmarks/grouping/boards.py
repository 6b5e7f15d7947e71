"""Boards as squads throw them, drawn from a list: some labels with many cards, some with few, some with one."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.grouping.lists import Labelled

CARDS = (15, 30, 60, 120, 300)
EACH = 10
FEW = (1, 1, 2, 3, 4, 5, 6, 8, 10, 12)
MANY = (1, 2, 4, 6, 8, 12, 16, 20, 24)  # on a board of 300


class Board(NamedTuple):
    """Texts, and what each belongs to."""

    texts: list[str]
    labels: list[str]


def drawn(rows: Sequence[Labelled]) -> list[Board]:
    """The same boards each time. A list that is too short for large ones gives none."""
    seeds = [(cards, turn) for cards in CARDS for turn in range(EACH)]
    boards = [(cards, draw(rows, cards, random.Random(1000 * cards + turn))) for cards, turn in seeds]
    return [board for cards, board in boards if len(board.texts) >= 0.9 * cards]


def draw(rows: Sequence[Labelled], cards: int, chance: random.Random) -> Board:
    texts = defaultdict(set)
    for row in rows:
        texts[row.label].add(row.text)
    board: dict[str, str] = {}
    for label in chance.sample(sorted(texts), len(texts)):
        fresh = sorted(texts[label] - board.keys())
        wanted = min(chance.choice(FEW if cards <= 120 else MANY), len(fresh), cards - len(board))
        board |= dict.fromkeys(chance.sample(fresh, wanted), label)
    return Board(list(board), list(board.values()))
