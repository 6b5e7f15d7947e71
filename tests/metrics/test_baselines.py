"""What a goal's form proposes as a baseline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mdd.models import Squad
from metrics import baselines
from metrics.actions import samples
from metrics.models import Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric, make_query

TUESDAY = datetime(2026, 3, 24, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def keep(metric: Metric, *readings: tuple[datetime, float]) -> None:
    given = [Reading(metric.pk, at, value) for at, value in readings]
    samples.keep(given, origin=Origin.HAND, taken_at=TUESDAY)


def test_the_week_that_is_not_over_is_left_out(squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="week")
    monday = datetime(2026, 3, 23, tzinfo=squad.tz)
    keep(metric, (monday - 14 * DAY, 90), (monday - 7 * DAY, 110), (monday, 20))

    proposal = baselines.propose(metric, TUESDAY)

    assert proposal
    assert proposal.initial["baseline"] == 100
    assert proposal.sentence == "Measured over 2 full weeks: 100\u00a0min on average, between 90 and 110."


def test_today_is_left_out(squad: Squad) -> None:
    metric = make_metric(squad)
    today = datetime(2026, 3, 24, tzinfo=squad.tz)
    keep(metric, (today - DAY, 10), (today, 2))

    proposal = baselines.propose(metric, TUESDAY)

    assert proposal
    assert proposal.sentence == "Measured on 1 full day: 10\u00a0min."


def test_it_is_said_as_it_stands_in_the_field(squad: Squad) -> None:
    metric = make_metric(squad, unit="%")
    today = datetime(2026, 3, 24, tzinfo=squad.tz)
    keep(metric, (today - 2 * DAY, 54.5), (today - DAY, 54.6))

    proposal = baselines.propose(metric, TUESDAY)

    assert proposal
    assert proposal.initial["baseline"] == 54.55
    assert "54.55% on average" in proposal.sentence


def test_a_day_that_still_waits_for_an_hour_is_left_out(squad: Squad) -> None:
    metric = make_metric(squad, query=make_query(squad))
    sunday = datetime(2026, 3, 22, tzinfo=squad.tz).astimezone(UTC)
    soon_after = sunday + 2 * DAY + HOUR
    hours = [sunday + n * HOUR for n in range(47)]
    samples.keep([Reading(metric.pk, at, 10.0) for at in hours], origin=Origin.PULL, taken_at=soon_after)

    proposal = baselines.propose(metric, soon_after)

    assert proposal
    assert proposal.sentence == "Measured on 1 full day: 10\u00a0min."
