"""Writing a number down on the metric's page and on the squad's list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mdd.models import Operation, Squad, User
from metrics import hand
from metrics.models import Metric, Sample, SampleRevision
from metrics.words import HARD, THIN
from tests import builders

DAY = date(2026, 3, 4)


@pytest.fixture
def metric(squad: Squad, mia: User) -> Metric:
    return builders.make_metric(squad, owner=mia)


def write(client: Client, metric: Metric, value: object, **fields: object) -> tuple[int, str]:
    form = {"day": DAY.isoformat(), "value": value, "operation": uuid4()} | fields
    response = client.post(reverse("metrics:values", args=[metric.pk]), form)
    return response.status_code, response.content.decode()


def kept(metric: Metric) -> list[float | None]:
    return list(Sample.objects.filter(metric=metric).values_list("value", flat=True))


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("12.5", 12.5), ("12,5", 12.5), ("-3", -3), ("0.125", 0.125)])
def test_a_number_is_kept_as_people_write_it(as_mia: Client, metric: Metric, typed: str, value: float) -> None:
    assert write(as_mia, metric, typed)[0] == 302
    assert kept(metric) == [value]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"value": ""}, "Write a number."),
        ({"value": "a lot"}, "“a lot” is not a number."),
        ({"value": "nan"}, "is not a number"),
        ({"value": "1e400"}, "is too large"),
        ({"value": "1e19"}, "is too large"),
        ({"value": "1,234"}, "could be read in two ways"),
        ({"day": "2026-02-30"}, "This is no day of the calendar. Write it as 2026-03-01."),
        ({"day": "9999-01-01"}, "This day is still to come."),
        ({"day": "0202-03-04"}, "check the year"),
        ({"day": "0001-01-01"}, "check the year"),
    ],
)
def test_a_bad_number_is_asked_again(as_mia: Client, metric: Metric, fields: dict[str, str], sentence: str) -> None:
    typed = {"value": "7.25"} | fields

    status, page = write(as_mia, metric, **typed)

    assert status == 422
    assert sentence in page
    assert typed["value"] in page
    assert kept(metric) == []


@time_machine.travel("2026-03-01T23:30Z", tick=False)
def test_who_is_a_day_ahead_of_the_squad_is_told_its_day(as_mia: Client, metric: Metric) -> None:
    Squad.objects.update(zone="America/New_York")

    _status, page = write(as_mia, metric, day="2026-03-02", value="7.25")

    assert "This day is still to come. For the squad it is 1 Mar 2026." in page


def test_a_second_number_wants_a_reason_and_says_what_is_there(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "1234.5")

    status, page = write(as_mia, metric, "13")

    assert status == 422
    assert f"For Wednesday, 4 March it says 1{THIN}234.5{HARD}min." in page
    assert "Say why the new number is right." in page
    assert 'value="13"' in page
    assert kept(metric) == [1234.5]


def test_a_reason_that_nobody_can_read_is_none(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")

    status, page = write(as_mia, metric, "13", reason="\u200b")

    assert status == 422
    assert "Write something that can be read." in page
    assert kept(metric) == [12]


def test_with_a_reason_it_takes_the_place_of_the_first(as_mia: Client, metric: Metric, mia: User) -> None:
    write(as_mia, metric, "12")

    write(as_mia, metric, "13", reason="counted one twice")

    revision = SampleRevision.objects.get()
    assert kept(metric) == [13]
    assert (revision.value, revision.reason, revision.replaced_by) == (12, "counted one twice", mia)


def test_the_same_number_again_wants_no_reason(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")

    assert write(as_mia, metric, "12")[0] == 302
    assert not SampleRevision.objects.exists()


def test_sending_the_form_twice_writes_once(as_mia: Client, metric: Metric) -> None:
    key = uuid4()
    write(as_mia, metric, "12", operation=key)
    write(as_mia, metric, "13", reason="corrected meanwhile")

    assert write(as_mia, metric, "12", operation=key)[0] == 302
    assert kept(metric) == [13]


def test_what_is_refused_may_be_sent_again_with_its_reason(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")
    key = uuid4()

    write(as_mia, metric, "13", operation=key)
    write(as_mia, metric, "13", operation=key, reason="counted one twice")

    write(as_mia, metric, "13", operation=key, reason="counted one twice")

    assert kept(metric) == [13]
    assert Operation.objects.count() == 2


def test_another_number_from_a_page_of_the_history_is_another_write(as_mia: Client, metric: Metric) -> None:
    key = uuid4()
    write(as_mia, metric, "12", operation=key)

    status, page = write(as_mia, metric, "13", operation=key)
    write(as_mia, metric, "13", operation=key, reason="a slip of the finger")

    assert (status, "it says 12" in page) == (422, True)
    assert kept(metric) == [13]


def test_a_number_that_was_written_first_is_no_repeat_once_another_took_its_place(
    as_mia: Client, metric: Metric
) -> None:
    key = uuid4()
    for value in ("12", "13", "12"):
        write(as_mia, metric, value, operation=key, reason="who counts?")

    assert kept(metric) == [12]
    assert SampleRevision.objects.count() == 2


def test_the_page_shows_what_is_due_and_the_last_values(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")

    page = as_mia.get(reverse("metrics:values", args=[metric.pk])).content.decode()

    yesterday = hand.spell(metric, hand.slot_before(metric, timezone.now()))
    assert f"{yesterday} has no value yet." in page
    assert "Wednesday, 4 March · Mia" in page
    assert "?day=2026-03-04#one" in page


def test_a_week_that_is_due_begins_the_sentence(as_mia: Client, squad: Squad) -> None:
    weekly = builders.make_metric(squad, hand_cadence="week")

    page = as_mia.get(reverse("metrics:values", args=[weekly.pk])).content.decode()

    assert re.search(r"<p>\s*The week of .* has no value yet\.", page)


def test_a_day_in_the_address_fills_the_form_with_what_it_says(as_mia: Client, metric: Metric) -> None:
    write(as_mia, metric, "12")

    page = as_mia.get(reverse("metrics:values", args=[metric.pk]) + "?day=2026-03-04").content.decode()

    assert 'value="12"' in page
    assert "Why is the new number right?" in page


def test_a_broken_day_in_the_address_is_no_error(as_mia: Client, metric: Metric) -> None:
    for day in ("2026-02-30", "today", "", "0001-01-01"):
        assert as_mia.get(reverse("metrics:values", args=[metric.pk]), {"day": day}).status_code == 200


def numbers(squad: Squad) -> str:
    return reverse("metrics:numbers", args=[squad.slug])


def keep(client: Client, squad: Squad, metric: Metric, value: str, **fields: object) -> tuple[int, str]:
    day = hand.slot_before(metric, timezone.now()).astimezone(metric.zone).date()
    form = {"day": day.isoformat(), "value": value, "operation": uuid4()} | fields
    response = client.post(reverse("metrics:number", args=[squad.slug, metric.pk]), form)
    return response.status_code, response.content.decode()


def test_the_list_has_a_field_for_all_that_is_wanted_mine_first(as_mia: Client, squad: Squad, metric: Metric) -> None:
    weekly = builders.make_metric(squad, question="A question of somebody else?", hand_cadence="week")
    builders.make_metric(squad, question="A pulled one?", query=builders.make_query(squad))
    builders.make_metric(squad, question="A retired one?", state="retired")

    response = as_mia.get(numbers(squad))

    assert [row.ask.metric for row in response.context["rows"]] == [metric, weekly]
    assert response.content.decode().count('inputmode="decimal"') == 2


def test_keeping_a_number_takes_it_off_the_list(as_mia: Client, squad: Squad, metric: Metric) -> None:
    assert keep(as_mia, squad, metric, "12")[0] == 302

    response = as_mia.get(numbers(squad))

    assert (response.context["rows"], len(response.context["done"])) == ([], 1)
    assert "Every number is in" in response.content.decode()


def test_a_bad_number_is_asked_again_in_its_row(as_mia: Client, squad: Squad, metric: Metric) -> None:
    status, page = keep(as_mia, squad, metric, "many")

    assert status == 422
    assert "“many” is not a number." in page


def test_a_number_that_somebody_was_quicker_with_wants_a_reason(as_mia: Client, squad: Squad, metric: Metric) -> None:
    keep(as_mia, squad, metric, "12")

    status, page = keep(as_mia, squad, metric, "13")

    assert status == 422
    assert "Why is the new number right?" in page
    assert keep(as_mia, squad, metric, "13", reason="counted again")[0] == 302


def test_who_only_looks_gets_no_fields(as_vic: Client, squad: Squad, metric: Metric) -> None:
    page = as_vic.get(numbers(squad)).content.decode()

    assert metric.question in page
    assert "<input" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_metric_of_another_squad_is_not_there(client_of: Callable[[User], Client], squad: Squad, mia: User) -> None:
    other = builders.make_squad()
    metric = builders.make_metric(other, owner=mia)
    other.memberships.create(user=mia)

    assert keep(client_of(mia), squad, metric, "12")[0] == 404


def test_a_squad_without_numbers_by_hand_is_told_what_to_do(as_mia: Client, squad: Squad) -> None:
    assert "No number is written down by hand" in as_mia.get(numbers(squad)).content.decode()


def test_ten_numbers_take_as_many_queries_as_one(as_mia: Client, squad: Squad, metric: Metric) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_mia.get(numbers(squad))
        return len(queries)

    count()
    for_one = count()
    for _ in range(9):
        builders.make_metric(squad)

    assert count() == for_one


def test_people_take_as_many_queries_for_ten_as_for_one(as_ada: Client, squad: Squad) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_ada.get(reverse("workshops:people", args=[squad.slug]))
        return len(queries)

    count()
    for_one = count()
    for _ in range(9):
        builders.make_member(squad)

    assert count() == for_one
