"""Which expectations the board must find a number for."""

from __future__ import annotations

import pytest

from mdd.models import Expectation, Finding, Squad, User
from tests import builders
from workshops.openings import open_expectations


@pytest.fixture
def expectation(squad: Squad, ada: User) -> Expectation:
    return builders.make_expectation(squad, ada)


def find(expectation: Expectation, *verdicts: str) -> None:
    for verdict in verdicts:
        Finding.objects.create(expectation=expectation, verdict=verdict, evidence="the log", by=expectation.by)


@pytest.mark.parametrize(
    ("verdicts", "is_open"),
    [
        ([], True),
        (["unknown"], True),
        (["not-met"], True),
        (["met"], False),
        (["met", "not-met"], True),
        (["unknown", "met"], False),
    ],
)
def test_an_expectation_is_open_while_nobody_knows_that_it_is_met(
    squad: Squad, expectation: Expectation, verdicts: list[str], *, is_open: bool
) -> None:
    find(expectation, *verdicts)

    assert open_expectations(squad).exists() == is_open


@pytest.mark.parametrize(("state", "is_open"), [("active", False), ("draft", False), ("retired", True)])
def test_a_metric_closes_it_until_that_is_retired(
    squad: Squad, expectation: Expectation, state: str, *, is_open: bool
) -> None:
    builders.make_metric(squad, expectation=expectation, state=state)

    assert open_expectations(squad).exists() == is_open


def test_what_cannot_be_measured_is_not_open(squad: Squad, expectation: Expectation) -> None:
    Expectation.objects.update(is_measurable=False)

    assert not open_expectations(squad).exists()


def test_what_was_superseded_is_not_open(squad: Squad, ada: User, expectation: Expectation) -> None:
    expectation.superseded_by = builders.make_expectation(squad, ada, text="Answers within an hour")
    expectation.save(update_fields=["superseded_by"])

    assert [row.text for row in open_expectations(squad)] == ["Answers within an hour"]


def test_another_squads_expectations_are_its_own(expectation: Expectation) -> None:
    assert not open_expectations(builders.make_squad()).exists()
