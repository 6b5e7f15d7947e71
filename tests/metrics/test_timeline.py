"""What happened to a metric, a line each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mdd.models import Squad
from metrics import timeline
from metrics.actions import samples
from metrics.models import Metric, SampleRevision
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_metric

MIDNIGHT = datetime(2026, 3, 9, 23, tzinfo=UTC)  # of 10 March in Stockholm
DAY = timedelta(days=1)


def corrected(metric: Metric, before: Reading, after: Reading) -> str:
    """What is said of a reading that another took the place of."""
    samples.keep([before], origin=Origin.HAND, taken_at=MIDNIGHT + 2 * DAY)
    samples.keep([after], origin=Origin.HAND, taken_at=MIDNIGHT + 3 * DAY, reason="late")
    return timeline.corrected(SampleRevision.objects.get(), metric).text


@pytest.mark.parametrize(("before", "said"), [(99.96, "it said 99.96%"), (None, "it said nothing")])
def test_a_correction_says_all_of_what_stood_there(squad: Squad, before: float | None, said: str) -> None:
    metric = make_metric(squad, unit="%")

    line = corrected(metric, Reading(metric.pk, MIDNIGHT, before), Reading(metric.pk, MIDNIGHT, 98.0))

    assert line == f"10 Mar 2026 00:00 corrected, {said}"


@pytest.mark.parametrize(("counts", "said"), [({1.0: 38, 5.0: 2}, "40 things timed"), ({5.0: 1}, "1 thing timed")])
def test_a_correction_of_a_timer_says_how_much_was_timed(squad: Squad, counts: dict[float, int], said: str) -> None:
    metric = make_metric(squad, instrument="timer", statistic="p90")
    before = Reading(metric.pk, MIDNIGHT, None, distribution=counts)

    line = corrected(metric, before, Reading(metric.pk, MIDNIGHT, None, distribution={1.0: 50}))

    assert line == f"10 Mar 2026 00:00 corrected, it said {said}"
