"""Print how near each way of grouping comes to the labels. `--tune` goes through numbers on the other list."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from benchmarks.grouping import boards, lists, measures, ways
from benchmarks.grouping.boards import Board
from benchmarks.grouping.ways import Way

TUNING = {"operations": lists.operations}
REPORTED = {"attributes": lists.attributes, "metrics": lists.metrics}
HEAD = "| way | ARI | V | pair precision | recall | F0.5 |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grouping")
    parser.add_argument("--tune", action="store_true")
    if parser.parse_args().tune:
        table("operations", boards.drawn(lists.operations()), tried())
        return
    for name, read in (TUNING | REPORTED).items():
        drawn = boards.drawn(read())
        table(f"{name}{' (tuned on)' if name in TUNING else ''}", drawn, ways.WAYS)
        pairs(drawn)


def tried() -> Mapping[str, Way]:
    grid = product((0.3, 0.5, 0.7), (0.02, 0.06, 0.10, 0.14), (0.03, 0.06, 0.09))
    ours = {
        f"words {share}, {base} + {slope} log2": ways.by_meaning_and_words(base, slope, share)
        for share, base, slope in grid
    }
    alone = {f"meaning alone {base}": ways.by_meaning_alone(base) for base in (0.06, 0.10, 0.14, 0.18)}
    return ours | alone | {f"word overlap {least}": ways.by_overlap(least) for least in (0.5, 0.55, 0.6, 0.65, 0.7)}


def table(name: str, drawn: Sequence[Board], all_: Mapping[str, Way]) -> None:
    print(f"\n{name}, {len(drawn)} boards\n\n{HEAD}\n|---|---|---|---|---|---|")
    for way, group in all_.items():
        scores = [measures.score(board.labels, group(board.texts)) for board in drawn]
        print(f"| {way} | {' | '.join(f'{figure:.3f}' for figure in np.mean(scores, axis=0))} |", flush=True)


def pairs(drawn: Sequence[Board]) -> None:
    print("\n| marks | right | a card |\n|---|---|---|")
    cards = sum(len(board.texts) for board in drawn)
    for way, mark in ways.PAIRS.items():
        found = [board.labels[one] == board.labels[other] for board in drawn for one, other in mark(board.texts)]
        print(f"| {way} | {np.mean(found):.3f} | {len(found) / cards:.2f} |", flush=True)


main()
