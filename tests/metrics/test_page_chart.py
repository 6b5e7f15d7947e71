"""The big chart of a metric's page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mdd.models import Squad
from metrics import charts, tiles
from metrics.actions import samples
from metrics.models import Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from tests.builders import make_goal, make_metric, make_squad
from tests.metrics.test_tiles import DAY, HOUR, MIDNIGHT, NOW, TODAY, asked, fill, goal_for, queries_of


def test_a_week_is_drawn_in_hours(squad: Squad) -> None:
    metric = asked(squad)
    goal_for(metric)
    kept = [Reading(metric.pk, MIDNIGHT + n * HOUR, 70.0 + n) for n in (0, 2, 16)]
    samples.keep(kept, origin=Origin.PULL, taken_at=NOW)

    chart = charts.page_chart(metric, "7d", NOW)

    assert chart is not None
    assert chart.rows.count("<tr") == 7 * 24 + 1
    assert "<th>Fri 20 Mar 00:00<td>70<tr><th>Fri 20 Mar 01:00<td><tr><th>Fri 20 Mar 02:00<td>72" in chart.rows
    assert chart.rows.endswith("<tr data-open><th>Fri 20 Mar 16:00<td>86")
    assert (chart.goal, chart.size, chart.period_label) == (82, "full", "Hour")


def test_an_hour_of_what_is_added_up_over_a_day_has_no_goal(squad: Squad) -> None:
    metric = asked(squad, instrument="counter", statistic="sum")
    goal_for(metric)
    samples.keep([Reading(metric.pk, MIDNIGHT, 5.0)], origin=Origin.PULL, taken_at=NOW)

    chart = charts.page_chart(metric, "7d", NOW)

    assert chart is not None
    assert chart.goal is None


@pytest.mark.parametrize(("wanted", "rows"), [("7d", 7), ("90d", 90), ("1y", 365)])
def test_what_has_a_value_a_day_is_drawn_in_days(squad: Squad, wanted: str, rows: int) -> None:
    metric = make_metric(squad)
    samples.keep([Reading(metric.pk, MIDNIGHT - DAY, 5.0)], origin=Origin.HAND, taken_at=NOW)

    chart = charts.page_chart(metric, wanted, NOW)

    assert chart is not None
    assert chart.rows.count("<tr") == rows


def test_a_year_of_weeks_is_drawn_in_weeks(squad: Squad) -> None:
    metric = make_metric(squad, hand_cadence="week")
    samples.keep([Reading(metric.pk, MIDNIGHT - 4 * DAY, 5.0)], origin=Origin.HAND, taken_at=NOW)

    chart = charts.page_chart(metric, "1y", NOW)

    assert chart is not None
    assert (chart.rows.count("<tr"), chart.period_label) == (53, "Week from")


def test_earlier_goals_stay_on_the_chart(squad: Squad) -> None:
    metric = fill(asked(squad), 75.0, 76.0, 77.0, 78.0)
    make_goal(
        metric,
        state="ended",
        target=76.0,
        start=TODAY - 40 * DAY,
        due=TODAY,
        ended_on=TODAY - 2 * DAY,
        ended_because="x",
    )
    goal_for(metric, start=TODAY - 2 * DAY)

    chart = charts.page_chart(metric, "90d", NOW)

    assert chart is not None
    assert chart.with_goals
    assert chart.rows.endswith(
        "<tr><th>16 Mar<td>75<td>76<tr><th>17 Mar<td>76<td>76<tr><th>18 Mar<td>77<td>82"
        "<tr><th>19 Mar<td>78<td>82<tr data-open><th>20 Mar<td><td>82"
    )


def test_a_goal_to_stay_within_is_told_with_both_ends(squad: Squad) -> None:
    metric = fill(asked(squad), 75.0, 76.0)
    make_goal(
        metric,
        state="ended",
        form="stay-within",
        target=19.0,
        upper=25.5,
        start=TODAY - 40 * DAY,
        due=TODAY,
        ended_on=TODAY - DAY,
        ended_because="x",
    )
    goal_for(metric, start=TODAY - DAY, form="stay-within", target=20.0, upper=25.0)

    chart = charts.page_chart(metric, "90d", NOW)

    assert chart is not None
    assert chart.rows.endswith(
        "<tr><th>18 Mar<td>75<td>19 – 25.5<tr><th>19 Mar<td>76<td>20 – 25<tr data-open><th>20 Mar<td><td>20 – 25"
    )


@pytest.mark.parametrize("wanted", ["7d", "90d"])
def test_what_is_heard_of_a_chart_has_the_digits_that_the_page_shows(squad: Squad, wanted: str) -> None:
    metric = fill(asked(squad), 99.9916, 99.9971, so_far=99.9983)
    goal_for(metric, form="stay-above", target=99.995)

    chart, tile = charts.page_chart(metric, wanted, NOW), tiles.facts(Metric.objects.all(), NOW)[0]

    assert chart is not None
    assert (tile.value, tile.facts) == ("99.997", ["today so far: 99.998%"])
    assert chart.summary.endswith("between 99.992 and 99.998, now 99.998%.")


def test_drafts_of_goals_are_not_drawn(squad: Squad) -> None:
    metric = fill(asked(squad), 75.0)
    goal_for(metric, state="draft")

    chart = charts.page_chart(metric, "90d", NOW)

    assert chart is not None
    assert (chart.goal, chart.with_goals) == (None, False)


def test_cells_have_the_decimals_of_the_goal(squad: Squad) -> None:
    metric = fill(asked(squad), 99.9971)
    goal_for(metric, form="stay-above", target=99.995)

    chart = charts.page_chart(metric, "90d", NOW)

    assert chart is not None
    assert "<td>99.9971<td>99.995<" in chart.rows


def test_without_a_value_nothing_is_drawn(squad: Squad) -> None:
    metric = asked(squad)

    assert [charts.page_chart(metric, wanted, NOW) for wanted in charts.RANGES] == [None, None, None]


@pytest.mark.parametrize("wanted", list(charts.RANGES))
def test_it_takes_two_queries(squad: Squad, wanted: str) -> None:
    pk = fill(asked(squad), 75.0).pk
    metric = Metric.objects.select_related("squad", "query").get(pk=pk)

    assert queries_of(lambda: charts.page_chart(metric, wanted, NOW)) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (76.43, "76.43"),
        (76.0, "76"),
        (1234567.0, "1234567"),
        (0.001234567, "0.001235"),
        (1e-7, "0.0000001"),
        (-5.5, "-5.5"),
    ],
)
def test_cells_hold_plain_numbers(value: float, expected: str) -> None:
    assert charts.plain(value) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "hour"), [("Asia/Kolkata", "20:30"), ("Europe/Stockholm", "16:00")])
def test_hours_are_those_of_the_squads_clock(zone: str, hour: str) -> None:
    metric = asked(make_squad(zone=zone))
    samples.keep([Reading(metric.pk, NOW - timedelta(minutes=20), 5.0)], origin=Origin.PULL, taken_at=NOW)

    chart = charts.page_chart(metric, "7d", NOW)

    assert chart is not None
    assert chart.rows.endswith(f"<tr data-open><th>Fri 20 Mar {hour}<td>5")


@pytest.mark.parametrize(("days", "said"), [(57, "16 May"), (400, "24 Apr 2027")])
def test_a_far_goal_is_due_in_a_year_that_is_said(squad: Squad, days: int, said: str) -> None:
    metric = fill(asked(squad), 75.0, 76.0)
    goal_for(metric, due=TODAY + days * DAY)

    chart = charts.page_chart(metric, "90d", NOW)

    assert chart is not None
    assert chart.due == said
