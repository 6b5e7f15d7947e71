"""What `make test` leaves to `make long`."""

from __future__ import annotations

from itertools import product
from typing import cast

import pytest

from tests.profile import leave_most_to_long

PEOPLE, STAGES = ("ada", "mia", "vic", "gus"), ("throw", "group", "prune", "focus")


class Case:
    """As much of a collected test as the choice looks at."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid, self.marks = nodeid, {"sampled"}

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.add(mark.name)


def tried() -> list[str]:
    cases = [Case(f"tests/test_it.py::test_it[{who}-{stage}]") for who, stage in product(PEOPLE, STAGES)]
    leave_most_to_long(cast("list[pytest.Item]", cases))
    return [case.nodeid.partition("[")[2].rstrip("]") for case in cases if "long" not in case.marks]


def test_a_quarter_of_the_cases_is_tried_always_and_always_the_same() -> None:
    assert len(tried()) == len(PEOPLE) * len(STAGES) / 4
    assert tried() == tried()


def test_those_that_are_tried_differ_in_every_parameter() -> None:
    """Every fourth in the order of the table would be one stage alone."""
    assert len({case.partition("-")[0] for case in tried()}) > 1
    assert len({case.partition("-")[2] for case in tried()}) > 1
