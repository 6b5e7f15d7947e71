"""The one true sentence of a tile about what feeds it: nothing yet, nothing any more, a source that refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from metrics.models import Metric
from metrics.sentences import sentence
from metrics.slots import DAY
from metrics.standing import Standing
from metrics.status import Status
from tests.metrics.standings import NOW, asked, by_hand, standing, to_reach


def test_an_error_is_the_sources_own_sentence_with_the_age_of_the_value() -> None:
    metric = asked(error_code="AUTH", error="The source refused the password.", answered_at=NOW - timedelta(hours=3))

    now = standing(metric, [76.4], to_reach())

    assert now.status is Status.ERROR
    assert sentence(now) == "The source refused the password. Last answer: 09:00."


def test_an_error_from_the_first_day_says_that_it_never_answered() -> None:
    now = standing(asked(error_code="AUTH", error="The source refused the password.", answered_at=None))

    assert sentence(now) == "The source refused the password. It has never answered."


def test_stale_says_since_when_and_why() -> None:
    silent = {"answered_at": NOW - 3 * DAY, "cadence": "hour"}

    unknown = standing(asked(**silent), [76.4], to_reach())
    known = standing(
        asked(**silent, error_code="UNREACHABLE", error="The source cannot be reached."), [76.4], to_reach()
    )

    assert unknown.status is known.status is Status.STALE
    assert sentence(unknown) == "No answer since 19 Nov, 12:00. It is expected every hour."
    assert sentence(known) == "No answer since 19 Nov, 12:00. The source cannot be reached."


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("day", "The value for 11 Nov is overdue. The last one is for 10 Nov."),
        ("week", "The value for the week of 16 Nov is overdue. The last one is for the week of 9 Nov."),
    ],
)
def test_by_hand_it_names_the_value_that_is_overdue(cadence: str, expected: str) -> None:
    now = standing(by_hand(cadence), [76.4], to_reach(), last_value=date(2026, 11, 10))
    late = Standing(**(vars(now) | {"now": NOW + 7 * DAY}))

    assert late.status is Status.STALE
    assert sentence(late) == expected


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (asked(answered_at=None), "No data yet. Flights is asked every hour."),
        (by_hand(), "No data yet. A value is written down by hand every day."),
        (
            asked(answered_at=None, error_code="UNREACHABLE", error="The source cannot be reached."),
            "No data yet. The source cannot be reached.",
        ),
    ],
)
def test_nothing_yet_says_where_it_will_come_from(metric: Metric, expected: str) -> None:
    now = standing(metric)

    assert now.status is Status.NO_DATA
    assert sentence(now) == expected


def test_a_day_without_an_answer_is_no_data_and_not_zero() -> None:
    now = standing(asked(), [76.4, None], to_reach())

    assert now.status is Status.NO_DATA
    assert sentence(now) == "No data for 21 Nov: the source was asked and had nothing to tell."


def test_without_a_goal_it_says_so() -> None:
    now = standing(asked(), [76.4])

    assert now.status is None
    assert sentence(now) == "It has no goal yet."


def test_a_retired_metric_is_at_rest() -> None:
    metric = asked(answered_at=NOW - 30 * DAY)
    metric.state = Metric.State.RETIRED

    now = standing(metric, [76.4], to_reach())

    assert now.status is None
    assert sentence(now) == "Retired. Nothing new is collected."
