"""Pasting a table: what is understood, and what is refused with the line it stands in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad
from metrics.models import Metric, Sample, SampleRevision
from metrics.sources import by_hand
from tests import builders


@pytest.fixture
def metric(squad: Squad) -> Metric:
    return builders.make_metric(squad)


def values(text: str, metric: Metric) -> list[float | None]:
    pasted = by_hand.parse(text, metric)
    assert not pasted.refused
    return [reading.value for reading in pasted.readings]


def refusals(text: str, metric: Metric) -> list[str]:
    return [str(refused) for refused in by_hand.parse(text, metric).refused]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01,12.5\n2026-03-02,11",
        "\ufeff2026-03-01,12.5\r\n2026-03-02,11\r\n",
        "day,calls\n2026-03-01,12.5\n2026-03-02,11",
        "2026-03-01\t12,5\n2026-03-02\t11",
        "2026-03-01; 12,5\n\n2026-03-02 ;11\n",
        '"2026-03-01","12.5"\n"2026-03-02","11"',
        "2026-03-01 18:30,12.5\n2026-03-02T07:00:00+01:00,11",
    ],
    ids=["plain", "bom", "heading", "tabs", "decimal commas", "quotes", "times"],
)
def test_a_table_from_anywhere_is_understood(metric: Metric, text: str) -> None:
    assert values(text, metric) == [12.5, 11.0]


def test_a_day_begins_at_midnight_of_the_squad(metric: Metric) -> None:
    (reading,) = by_hand.parse("2026-03-01,1", metric).readings

    assert reading.at == datetime(2026, 2, 28, 23, tzinfo=UTC)


def test_a_week_holds_all_of_its_days(squad: Squad) -> None:
    metric = builders.make_metric(squad, hand_cadence="week")

    (reading,) = by_hand.parse("2026-03-04,1", metric).readings

    assert reading.at.astimezone(metric.zone).date() == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("01/03/2026,1", "is not a date. Write it as 2026-03-01"),
        ("2026-02-30,1", "is no day of the calendar"),
        ("9999-01-01,1", "“9999-01-01” is still to come"),
        ("2026-03-05,twelve", "“twelve” is not a number"),
        ("2026-03-05,NaN", "“NaN” is not a number"),
        ("2026-03-05,inf", "“inf” is not a number"),
        ("2026-03-05,1e999", "is too large"),
        ("2026-03-05,1e19", "is too large"),
        ("0202-03-05,1", "“0202-03-05” is long ago: check the year"),
        ("2026-03-05,", "“” is not a number"),
        ("2026-03-05", "two columns are wanted"),
        ("2026-03-05,12,5", "two columns are wanted, a date and a value; here are 3"),
        ("2026-03-05,1 234", "could be read in two ways"),
        ("2026-03-01,7", "the same day or time as line 1"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(metric: Metric, line: str, sentence: str) -> None:
    (refusal,) = refusals(f"2026-03-01,1\n{line}\n2026-03-06,2", metric)

    assert refusal.startswith("Line 2: ")
    assert sentence in refusal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-01,1.234", 1.234),
        ("2026-03-01;1.234\n2026-03-02;0.5", 1.234),
        ("2026-03-01;1,234\n2026-03-02;0,5", 1.234),
    ],
)
def test_three_decimals_are_understood_where_the_table_shows_the_sign(metric: Metric, text: str, value: float) -> None:
    assert values(text, metric)[0] == value


@pytest.mark.parametrize("text", ["2026-03-01;1.234", "2026-03-01;1,234", "2026-03-01;1,234\n2026-03-02;0.5"])
def test_a_number_that_could_be_a_thousand_is_not_guessed_at(metric: Metric, text: str) -> None:
    assert "could be read in two ways" in refusals(text, metric)[0]


def test_a_quotation_mark_that_is_left_open_is_named(metric: Metric) -> None:
    table = '2026-03-01,1\n2026-03-02,"2\n' + "2026-03-03,3\n" * 12_000

    (refusal,) = refusals(table, metric)

    assert refusal == "Line 2: a cell is too long. Is a quotation mark left open?"


def test_nothing_at_all_is_refused(metric: Metric) -> None:
    assert refusals(" \n", metric) == ["Line 1: There is no row with a date and a value."]


def test_more_than_five_thousand_rows_are_refused(metric: Metric) -> None:
    rows = "\n".join(f"{date(2001, 1, 1) + timedelta(days=day)},1" for day in range(5_001))

    assert "At most 5,000 rows" in refusals(rows, metric)[0]


def sixty_rows() -> list[str]:
    return [f"{date(2026, 1, 1) + timedelta(days=day)},{day}.5" for day in range(60)]


def paste(client: Client, metric: Metric, text: str, reason: str = "") -> tuple[int, str]:
    url = reverse("metrics:paste", args=[metric.pk])
    response = client.post(url, {"text": text, "reason": reason, "operation": uuid4()}, follow=True)
    return response.status_code, response.content.decode()


def test_sixty_days_are_kept_at_once(as_mia: Client, metric: Metric) -> None:
    status, page = paste(as_mia, metric, "\n".join(sixty_rows()))

    assert status == 200
    assert "60 new values" in page
    assert Sample.objects.filter(metric=metric).count() == 60


def test_one_bad_line_in_sixty_keeps_nothing_but_what_was_typed(as_mia: Client, metric: Metric) -> None:
    rows = sixty_rows()
    rows[41] = "2026-02-11,a lot"

    status, page = paste(as_mia, metric, "\n".join(rows))

    assert status == 422
    assert "Line 42: “a lot” is not a number." in page
    assert "2026-03-01,59.5" in page
    assert not Sample.objects.exists()


def test_pasting_again_changes_nothing(as_mia: Client, metric: Metric) -> None:
    paste(as_mia, metric, "\n".join(sixty_rows()))

    _status, page = paste(as_mia, metric, "\n".join(sixty_rows()))

    assert "60 as before" in page
    assert not SampleRevision.objects.exists()


def test_a_correction_keeps_the_old_number_with_who_and_why(as_mia: Client, metric: Metric) -> None:
    paste(as_mia, metric, "2026-03-01,5")

    paste(as_mia, metric, "2026-03-01,6", reason="counted one twice")

    revision = SampleRevision.objects.select_related("replaced_by").get()
    assert (revision.value, revision.reason) == (5.0, "counted one twice")
    assert revision.replaced_by is not None
    assert revision.replaced_by.name == "Mia"


def test_a_pulled_metric_takes_no_values_by_hand(as_mia: Client, squad: Squad) -> None:
    metric = builders.make_metric(squad, query=builders.make_query(squad))

    assert paste(as_mia, metric, "2026-03-01,5")[0] == 404
