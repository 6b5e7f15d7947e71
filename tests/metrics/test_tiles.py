"""What tiles show, from samples kept the ordinary way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mdd.models import Squad, User
from metrics import tiles
from metrics.actions import samples
from metrics.models import Dashboard, Goal, Metric, Query, Tile
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.status import Status
from tests.builders import make_dashboard, make_expectation, make_goal, make_metric, make_query

NOW = datetime(2026, 3, 20, 15, 20, tzinfo=UTC)  # 16:20 in Stockholm
TODAY = NOW.date()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MIDNIGHT = datetime(2026, 3, 19, 23, tzinfo=UTC)


def asked(squad: Squad, **fields: Any) -> Metric:
    """A gauge, asked every hour, answered a minute ago."""
    query = make_query(squad, answered_at=NOW - timedelta(minutes=1))
    return make_metric(squad, **({"query": query, "direction": "up", "unit": "%", "statistic": "mean"} | fields))


def fill(metric: Metric, *days: float | None, so_far: float | None = None) -> Metric:
    """One value a day up to yesterday, taken when the day was over, and perhaps one of today."""
    first = MIDNIGHT - len(days) * DAY
    readings = [Reading(metric.pk, first + n * DAY, value) for n, value in enumerate(days)]
    samples.keep(readings, origin=Origin.PULL, taken_at=NOW)
    if so_far is not None:
        samples.keep([Reading(metric.pk, MIDNIGHT + HOUR, so_far)], origin=Origin.PULL, taken_at=NOW)
    return metric


def goal_for(metric: Metric, **fields: Any) -> Goal:
    return make_goal(
        metric,
        **({"baseline": 70.0, "target": 82.0, "start": TODAY - 30 * DAY, "due": TODAY + 57 * DAY} | fields),
    )


def only(metric: Metric, now: datetime = NOW) -> tiles.TileFacts:
    [facts] = tiles.facts(Metric.objects.filter(pk=metric.pk), now)
    return facts


def queries_of(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_the_last_good_value_stays_with_its_day(squad: Squad) -> None:
    """Until something comes in again; what nothing is known of since is not told as if it were of yesterday."""
    metric = fill(asked(squad), 75.0, 76.4, None)

    facts = only(metric)

    assert (facts.value, facts.value_of, facts.reading) == ("76.4", "on 18 Mar", None)
    assert facts.status is Status.NO_DATA
    assert facts.says == f"{metric.question} 76.4%, on 18 Mar, no data"


def test_a_value_of_the_last_closed_day_needs_no_day(squad: Squad) -> None:
    facts = only(fill(asked(squad), 75.0, 76.4))

    assert (facts.value, facts.value_of) == ("76.4", "")


def test_the_last_good_value_by_hand_stays_with_its_week(squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="week")
    samples.keep([Reading(metric.pk, MIDNIGHT - 17 * DAY, 4.0)], origin=Origin.HAND, taken_at=NOW - 17 * DAY)

    facts = only(metric)

    assert (facts.value, facts.value_of, facts.status) == ("4", "in the week of 2 Mar", Status.STALE)


def test_a_tile_shows_the_last_closed_day_and_what_today_says_so_far(squad: Squad) -> None:
    metric = fill(asked(squad), 75.0, 76.4, so_far=90.0)
    goal_for(metric)

    facts = only(metric)

    assert (facts.value, facts.unit, facts.reading, facts.so_far) == ("76.4", "%", 76.4, 90.0)
    assert facts.facts == ["today so far: 90%"]
    assert facts.status is Status.ON_PACE
    assert facts.sentence == "5.6 short of 82 by 16 May. Needs +0.7 a week."
    assert facts.data_at == NOW - timedelta(minutes=1)
    assert (facts.owner, facts.url) == (metric.owner and metric.owner.name, metric.get_absolute_url())


def test_a_value_is_shown_with_the_decimals_of_its_goal(squad: Squad) -> None:
    metric = fill(asked(squad), 99.97)
    goal_for(metric, form="stay-above", target=99.95)

    facts = only(metric)

    assert facts.value == "99.97"
    assert facts.says == f"{metric.question} 99.97%, met"


def test_the_unfinished_day_is_judged_by_nobody(squad: Squad) -> None:
    metric = fill(asked(squad), 83.0, so_far=1.0)
    goal_for(metric)

    assert only(metric).status is Status.MET


def test_its_chart_has_a_row_a_day_with_gaps_and_the_open_day_marked(squad: Squad) -> None:
    metric = fill(asked(squad), 75.0, None, 76.43, so_far=90.0)
    goal_for(metric)

    chart = only(metric).chart

    assert chart is not None
    assert chart.rows.count("<tr") == 91
    assert chart.rows.endswith(
        "<tr><th>17 Mar<td>75<tr><th>18 Mar<td><tr><th>19 Mar<td>76.43<tr data-open><th>20 Mar<td>90"
    )
    assert (chart.goal, chart.baseline, chart.start_in, chart.due_in, chart.due) == (82, 70, -30, 57, "16 May")
    assert chart.pace
    assert chart.summary == ("How long do callers wait? 20 Dec to 20 Mar: between 75 and 90, now 90%.")


def test_a_goal_is_judged_by_its_first_value_from_the_due_day_on(squad: Squad) -> None:
    met, missed = fill(asked(squad), 81.0, None, 83.0, 81.0), fill(asked(squad), 83.0, None, 81.0, 81.0)
    for metric in (met, missed):
        goal_for(metric, due=TODAY - 3 * DAY)

    assert only(met).status is Status.MET
    assert only(met).sentence == "Met on 18 Mar. Now it is 1 short of 82."
    assert only(missed).status is Status.MISSED


def test_what_was_met_before_the_chart_begins_stays_met(squad: Squad) -> None:
    metric = fill(asked(squad), 83.0, *[81.0] * 199)
    goal_for(metric, start=TODAY - 260 * DAY, due=TODAY - 200 * DAY)

    assert only(metric).sentence == "Met on 1 Sep. Now it is 1 short of 82."


def test_a_due_day_that_waits_for_an_answer_is_not_judged_by_what_it_has(squad: Squad) -> None:
    query = make_query(squad, cadence="day", answered_at=NOW - HOUR)
    metric = make_metric(squad, query=query, direction="up")
    noon, evening = MIDNIGHT - 36 * HOUR, MIDNIGHT + HOUR
    samples.keep([Reading(metric.pk, MIDNIGHT - 2 * DAY, 83.0)], origin=Origin.PULL, taken_at=noon)
    samples.keep([Reading(metric.pk, MIDNIGHT - DAY, 81.0)], origin=Origin.PULL, taken_at=evening)
    goal_for(metric, due=TODAY - 2 * DAY)

    assert only(metric).status is Status.MISSED


def test_a_week_that_holds_the_due_day_judges_its_goal(squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="week", direction="up", unit="%")
    mondays = [MIDNIGHT - timedelta(days=4) - n * 7 * DAY for n in (1, 2, 3)]
    readings = [Reading(metric.pk, at, value) for at, value in zip(mondays, (81.0, 83.0, 81.0), strict=True)]
    samples.keep(readings, origin=Origin.HAND, taken_at=NOW)
    goal_for(metric, due=date(2026, 3, 5))

    assert only(metric).sentence == "Met on 8 Mar. Now it is 1 short of 82."


def test_a_metric_that_gets_a_value_a_week_has_a_row_a_week(squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="week", direction="up")
    mondays = [MIDNIGHT - timedelta(days=4) - n * 7 * DAY for n in range(3)]
    readings = [Reading(metric.pk, at, value) for at, value in zip(mondays, (9.0, 8.0, 7.0), strict=True)]
    samples.keep(readings, origin=Origin.HAND, taken_at=NOW)

    facts = only(metric)

    assert facts.value == "8"
    assert facts.facts == ["week so far: 9\u00a0min"]
    assert facts.chart is not None
    assert facts.chart.rows.endswith("<tr><th>9 Mar<td>8<tr data-open><th>16 Mar<td>9")


def test_without_a_value_there_is_no_chart_and_no_zero(squad: Squad) -> None:
    facts = only(fill(asked(squad), None))

    assert (facts.value, facts.reading, facts.chart, facts.status) == ("", None, None, Status.NO_DATA)


def test_a_value_older_than_the_chart_is_still_known(squad: Squad) -> None:
    metric = make_metric(squad)
    samples.keep([Reading(metric.pk, MIDNIGHT - 200 * DAY, 5.0)], origin=Origin.HAND, taken_at=NOW - 200 * DAY)

    facts = only(metric)

    assert facts.status is Status.STALE
    assert facts.sentence == "The value for 2 Sep is overdue. The last one is for 1 Sep."


@pytest.mark.parametrize(
    ("error", "answered", "status"),
    [("AUTH", NOW, Status.ERROR), ("UNREACHABLE", NOW, Status.MET), ("UNREACHABLE", NOW - 4 * HOUR, Status.STALE)],
)
def test_an_error_that_waiting_mends_is_shown_once_the_data_is_old(
    squad: Squad, error: str, answered: datetime, status: Status
) -> None:
    metric = fill(asked(squad), 83.0)
    goal_for(metric)
    Query.objects.update(error_code=error, error="It failed.", error_at=NOW, answered_at=answered)

    assert only(metric).status is status


def test_the_worst_comes_first_and_what_has_no_goal_last(squad: Squad) -> None:
    without = fill(asked(squad, name="without"), 83.0)
    met, missed = fill(asked(squad, name="met"), 83.0), fill(asked(squad, name="missed"), 75.0)
    goal_for(met)
    goal_for(missed, due=TODAY - DAY)

    found = tiles.facts(Metric.objects.all(), NOW)

    assert [each.metric_id for each in found] == [missed.pk, met.pk, without.pk]
    assert [each.next.label if each.next else None for each in found] == ["Reassess", None, "Set a goal"]


def test_a_tile_traces_up_to_the_deliverable(squad: Squad, ada: User) -> None:
    metric = asked(squad, expectation=make_expectation(squad, ada))

    trace = only(metric).trace

    assert [(stop.kind, stop.text) for stop in trace] == [
        ("Metric", metric.question),
        ("Expectation", "Answers within a day"),
        ("Customer", "Callers"),
        ("Deliverable", "The help desk"),
    ]


def test_a_trace_shows_where_it_breaks_off(squad: Squad) -> None:
    assert [stop.missing for stop in only(asked(squad)).trace] == ["", "not linked yet"]


def dashboard_of(squad: Squad, size: int, ada: User) -> Dashboard:
    dashboard = make_dashboard(squad)
    for position in range(size):
        metric = fill(asked(squad, expectation=make_expectation(squad, ada)), 75.0, 76.4)
        goal_for(metric)
        Tile.objects.create(dashboard=dashboard, metric=metric, position=size - position)
    return dashboard


def test_a_dashboard_takes_four_queries_however_many_tiles_it_has(squad: Squad, ada: User) -> None:
    few, many = dashboard_of(squad, 1, ada), dashboard_of(squad, 5, ada)

    assert queries_of(lambda: tiles.standings_of(few, NOW)) == 4
    assert queries_of(lambda: tiles.standings_of(many, NOW)) == 4


def test_tiles_stand_in_their_places(squad: Squad, ada: User) -> None:
    dashboard = dashboard_of(squad, 3, ada)

    placed = [each.metric.pk for each in tiles.standings_of(dashboard, NOW)]

    assert placed == sorted(placed, reverse=True)


def test_no_metrics_are_no_tiles(squad: Squad) -> None:
    assert tiles.facts(Metric.objects.none(), NOW) == []
    assert tiles.standings_of(make_dashboard(squad), NOW) == []


def test_a_day_of_23_hours_is_one_day(squad: Squad) -> None:
    metric = asked(squad, instrument="counter", statistic="sum")
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    readings = [Reading(metric.pk, start + n * HOUR, 1.0) for n in range(24)]
    samples.keep(readings, origin=Origin.PULL, taken_at=start + DAY)

    facts = only(metric, now=start + 23 * HOUR + timedelta(minutes=30))

    assert (facts.reading, facts.so_far) == (23, 1)
    assert date(2026, 3, 29).strftime("%-d %b") + "<td>23" in (facts.chart.rows if facts.chart else "")
