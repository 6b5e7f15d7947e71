"""When verdicts settle a card, what is talked about first, and when a parked card asks again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.models import Reason
from workshops.settling import Tally, counted, months_after, proposed

KEEP, PARK = "keep", "park"
VERDICTS = st.lists(st.sampled_from(["", *Reason.values]), max_size=12)


def tally(*reasons: str) -> Tally:
    rows = [{"card": 1, "value": PARK if reason else KEEP, "reason": reason, "count": 1} for reason in reasons]
    return counted(rows).get(1, Tally())


@pytest.mark.parametrize(
    ("verdicts", "is_unanimous", "is_split", "reason"),
    [
        ([], False, False, ""),
        ([""], True, False, ""),
        (["later"], True, False, "later"),
        (["", "", ""], True, False, ""),
        (["later", "gaming", "gaming"], True, False, "gaming"),
        (["later", "gaming"], True, False, "gaming"),
        (["", "later"], False, True, "later"),
    ],
)
def test_what_settles(verdicts: list[str], reason: str, *, is_unanimous: bool, is_split: bool) -> None:
    found = tally(*verdicts)

    assert (found.is_unanimous, found.is_split, found.reason) == (is_unanimous, is_split, reason)


@given(VERDICTS)
def test_a_judged_card_is_either_unanimous_or_split(verdicts: list[str]) -> None:
    found = tally(*verdicts)

    assert found.judged == len(verdicts)
    assert (found.is_unanimous + found.is_split) == bool(verdicts)


@given(VERDICTS)
def test_the_order_of_verdicts_does_not_matter(verdicts: list[str]) -> None:
    found, turned = tally(*verdicts), tally(*reversed(verdicts))

    assert (found.spread, found.reason, found.told) == (turned.spread, turned.reason, turned.told)


def test_the_most_divided_is_talked_about_first_and_of_two_such_where_more_judged() -> None:
    one_of_four, even, even_of_many = tally("", "", "", "later"), tally("", "later"), tally("", "", "later", "gaming")

    assert sorted([one_of_four, even, even_of_many], key=lambda each: each.spread, reverse=True) == [
        even_of_many,
        even,
        one_of_four,
    ]


@pytest.mark.parametrize("reason", Reason.values)
def test_later_asks_again_in_three_months_and_the_others_in_six(reason: str) -> None:
    expected = date(2027, 2, 26) if reason == "later" else date(2027, 5, 26)

    assert proposed(reason, date(2026, 11, 26)) == expected


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_that_is_shorter_ends_on_its_last_day(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
