"""Writing metrics and looking at them, with and without a browser's help."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Squad, User
from metrics.models import Metric, Query
from tests import builders

SCRIPT = "<script>alert(1)</script>"


def url(squad: Squad, feed: str) -> str:
    return reverse("metrics:new", args=[squad.slug]) + f"?feed={feed}"


def by_hand(owner: User, **fields: Any) -> dict[str, Any]:
    return {
        "question": "How long do callers wait?",
        "unit": "min",
        "direction": "down",
        "reading": "gauge:last",
        "definition": "Minutes until somebody answers.",
        "owner": owner.pk,
        "cadence": "day",
        "operation": uuid4(),
    } | fields


def by_select(owner: User, **fields: Any) -> dict[str, Any]:
    text = "SELECT 1 AS value"
    return by_hand(owner, cadence="hour", reading="counter:sum", column="value", text=text) | fields


def test_a_member_writes_a_metric_by_hand(as_mia: Client, squad: Squad, mia: User) -> None:
    response = as_mia.post(url(squad, "hand"), by_hand(mia))

    metric = Metric.objects.get()
    assert response["Location"] == metric.get_absolute_url()
    assert (metric.hand_cadence, metric.state, metric.name) == ("day", "active", "How long do callers wait?")


def test_a_member_asks_a_source(as_mia: Client, squad: Squad, mia: User) -> None:
    source = builders.make_source()

    as_mia.post(url(squad, "sql"), by_select(mia, source=source.pk))

    metric = Metric.objects.select_related("query").get()
    assert metric.query is not None
    assert (metric.query.text, metric.query.cadence, metric.column) == ("SELECT 1 AS value", "hour", "value")
    assert metric.query.backfills.count() == 1


@pytest.mark.parametrize(("sources", "is_chosen"), [(1, True), (2, False)])
def test_the_only_source_is_chosen_already(as_mia: Client, squad: Squad, sources: int, is_chosen: bool) -> None:
    made = [builders.make_source() for _ in range(sources)]

    form = as_mia.get(url(squad, "sql")).context["form"]

    assert form["source"].value() == (made[0].pk if is_chosen else None)


def test_two_metrics_share_a_query(as_mia: Client, squad: Squad, mia: User) -> None:
    query = builders.make_query(squad)

    as_mia.post(url(squad, "sql"), by_select(mia, query=query.pk, text="", column="other"))

    assert Metric.objects.get().query == query
    assert Query.objects.count() == 1


def test_whoever_turns_to_another_way_to_measure_keeps_what_was_typed(as_mia: Client, squad: Squad, mia: User) -> None:
    page = as_mia.post(url(squad, "hand"), by_select(mia, text="SELECT <2>", turned="1"))
    assert page.status_code == 200
    assert "Minutes until somebody answers." in page.content.decode()
    assert page.context["form"]["owner"].value() == str(mia.pk)

    carried = dict(page.context["carried"])
    back = as_mia.post(url(squad, "sql"), by_hand(mia, turned="1", text=carried["text"]))

    assert "SELECT &lt;2&gt;</textarea>" in back.content.decode()
    assert not Metric.objects.exists()


def test_the_cursor_stands_in_the_refused_field_that_one_reads_first(as_mia: Client, squad: Squad, mia: User) -> None:
    form = by_hand(mia, definition="", name="x" * 81)

    page = as_mia.post(url(squad, "hand"), form).content.decode()

    assert re.findall(r'name="(\w+)"[^>]* autofocus', page) == ["definition"]


def test_a_query_of_its_own_wants_a_source_and_a_select(as_mia: Client, squad: Squad, mia: User) -> None:
    builders.make_query(squad)
    optional = r'class="field__optional">optional</span>'

    asked = as_mia.get(url(squad, "sql")).content.decode()
    refused = as_mia.post(url(squad, "sql"), by_select(mia, source="", text="")).content.decode()

    assert not re.search(rf'<label for="id_(source|text)">[^<]*<span\s+{optional}', asked)
    assert re.search(rf'<label for="id_query">[^<]*<span\s+{optional}', asked)
    assert "Choose whom to ask." in refused
    assert "Write the SELECT." in refused


def test_sending_the_form_twice_makes_one_metric(as_mia: Client, squad: Squad, mia: User) -> None:
    form = by_hand(mia)

    as_mia.post(url(squad, "hand"), form)
    as_mia.post(url(squad, "hand"), form)

    assert Metric.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question": ""}, "Write the question."),
        ({"question": "x" * 141}, "at most 140 characters"),
        ({"question": "\u200b\u2060"}, "Write something that can be read."),
        ({"question": "Calls\u202etxt.exe"}, "invisible character"),
        ({"unit": "\u200b"}, "Write something that can be read."),
        ({"unit": "min\u202e"}, "invisible character"),
        ({"name": "Calls\u202etxt.exe"}, "invisible character"),
        ({"definition": ""}, "Write something here."),
        ({"direction": "sideways"}, "This cannot be chosen any more."),
        ({"reading": "timer:p90"}, "This cannot be chosen any more."),
        ({"owner": "987654321"}, "This cannot be chosen any more."),
        ({"cadence": "minute"}, "This cannot be chosen any more."),
    ],
)
def test_a_bad_metric_is_asked_again_with_what_was_typed(
    as_mia: Client, squad: Squad, mia: User, fields: dict[str, str], sentence: str
) -> None:
    response = as_mia.post(url(squad, "hand"), by_hand(mia, why="because callers hang up") | fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "because callers hang up" in page
    assert not Metric.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write the SELECT."),
        ("DELETE FROM calls", "SELECT"),
        ("SELECT 1 AS value; SELECT 2", "one"),
    ],
)
def test_what_is_no_single_select_is_refused_beside_the_field(
    as_mia: Client, squad: Squad, mia: User, text: str, sentence: str
) -> None:
    source = builders.make_source()

    response = as_mia.post(url(squad, "sql"), by_select(mia, source=source.pk, text=text))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Query.objects.exists()


def test_the_owner_of_another_squad_cannot_be_chosen(as_mia: Client, squad: Squad, eve: User) -> None:
    assert as_mia.post(url(squad, "hand"), by_hand(eve)).status_code == 422


def test_a_source_that_is_not_granted_cannot_be_chosen(as_mia: Client, squad: Squad, mia: User) -> None:
    source = builders.make_source(is_for_all=False)

    response = as_mia.post(url(squad, "sql"), by_select(mia, source=source.pk))

    assert response.status_code == 422
    assert not Query.objects.exists()


def test_the_query_of_another_squad_cannot_be_shared(as_mia: Client, squad: Squad, mia: User) -> None:
    builders.make_query(squad)
    foreign = builders.make_query(builders.make_squad())

    response = as_mia.post(url(squad, "sql"), by_select(mia, query=foreign.pk, text=""))

    assert response.status_code == 422


@pytest.mark.parametrize("question", [SCRIPT, "How late? ⏰🛬", "كم مكالمة تنتظر؟"])
def test_a_question_in_any_script_is_text_on_every_page(as_mia: Client, squad: Squad, mia: User, question: str) -> None:
    as_mia.post(url(squad, "hand"), by_hand(mia, question=question))
    metric = Metric.objects.get()

    pages = [metric.get_absolute_url(), squad.get_absolute_url(), reverse("metrics:metrics", args=[squad.slug])]

    assert metric.question == question
    assert all(SCRIPT not in as_mia.get(page).content.decode() for page in pages)


def test_a_wrong_row_leaves_the_other_form_at_today(as_mia: Client, squad: Squad) -> None:
    metric = builders.make_metric(squad)

    response = as_mia.post(reverse("metrics:paste", args=[metric.pk]), {"text": "no day, 3", "operation": uuid4()})

    assert response.status_code == 422
    assert response.context["one"].initial["day"]


@pytest.mark.parametrize(("wrong", "rest"), [(10, None), (11, "And 1 line more."), (14, "And 4 lines more.")])
def test_ten_wrong_rows_are_told_a_line_each_and_how_many_more_there_are(
    as_mia: Client, squad: Squad, wrong: int, rest: str | None
) -> None:
    metric = builders.make_metric(squad)
    rows = "\n".join(f"no day {number}, 3" for number in range(wrong))

    response = as_mia.post(reverse("metrics:paste", args=[metric.pk]), {"text": rows, "operation": uuid4()})

    told = list(response.context["paste"].errors["text"])
    assert [line.partition(":")[0] for line in told[:10]] == [f"Line {number + 1}" for number in range(10)]
    assert told[10:] == ([rest] if rest else [])
    assert response.content.decode().count("<br>") == len(told) - 1


def test_describing_a_metric_changes_its_words_only(as_mia: Client, squad: Squad, mia: User) -> None:
    metric = builders.make_metric(squad, owner=mia)

    as_mia.post(
        reverse("metrics:edit", args=[metric.pk]),
        {
            "question": "How long is the wait?",
            "direction": "down",
            "definition": "As before.",
            "owner": mia.pk,
            "operation": uuid4(),
        },
    )

    metric.refresh_from_db()
    assert (metric.question, metric.instrument, metric.statistic) == ("How long is the wait?", "gauge", "last")


def test_a_metric_without_a_goal_is_retired_at_once(as_ada: Client, squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    metric = builders.make_metric(squad, query=query)

    as_ada.post(reverse("metrics:retire", args=[metric.pk]))

    metric.refresh_from_db()
    query.refresh_from_db()
    assert metric.state == "retired"
    assert not query.is_running
    assert "This metric is retired." in as_ada.get(metric.get_absolute_url()).content.decode()


def test_a_baseline_is_said_as_it_was_typed(as_ada: Client, squad: Squad) -> None:
    metric = builders.make_goal(builders.make_metric(squad, unit="%"), baseline=99.95).metric

    assert "99.95% · " in as_ada.get(metric.get_absolute_url()).content.decode()


def test_a_metric_with_a_goal_is_let_go_by_a_decision_only(as_ada: Client, squad: Squad) -> None:
    metric = builders.make_goal(builders.make_metric(squad)).metric

    response = as_ada.post(reverse("metrics:retire", args=[metric.pk]))

    metric.refresh_from_db()
    assert response["Location"] == reverse("metrics:goal", args=[metric.pk])
    assert metric.state == "active"
