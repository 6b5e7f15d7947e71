"""What `make test` tries of what takes long, and when; `make long` tries the rest."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import groupby
from zlib import crc32

import pytest

IS_WHOLE = bool(os.environ.get("MDD_WHOLE"))
EVERY = 4


def leave_most_to_long(items: Iterable[pytest.Item]) -> None:
    """Of the cases of each `sampled` test every fourth is not long, in an order that no parameter has a say in."""
    sampled = sorted((item for item in items if item.get_closest_marker("sampled")), key=place)
    for _test, cases in groupby(sampled, name_of):
        for number, case in enumerate(cases):
            if number % EVERY:
                case.add_marker(pytest.mark.long)


def name_of(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def place(item: pytest.Item) -> tuple[str, int]:
    return name_of(item), crc32(item.nodeid.encode())


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """What takes a minute and comes last keeps one worker while the others have nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("lengthy") is None)
