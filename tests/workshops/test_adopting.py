"""Wrap-up: survivors become metrics with goals, on draft dashboards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from mdd.models import User
from metrics.actions import queries
from metrics.actions.queries import Preview
from metrics.models import Dashboard, Goal, Metric, Tile, Waiting
from tests.builders import make_source
from tests.workshops import builders_focus as builders
from tests.workshops.adoption import url
from workshops.actions import adopting
from workshops.actions.refusals import Refused
from workshops.models import Adoption, Bucket, Card, Participant, Workshop


def test_a_survivor_becomes_a_metric(as_mia: Client, survivor: Card, mia: User) -> None:
    response = as_mia.post(url(survivor), builders.typed(mia))

    metric = Adoption.objects.get(card=survivor).metric
    assert response["Location"] == survivor.workshop.get_absolute_url()
    assert (metric.question, metric.name, metric.owner) == (survivor.text, survivor.text, mia)
    assert (metric.hand_cadence, metric.state) == ("day", "active")


def test_five_things_are_asked_and_the_rest_is_proposed(as_mia: Client, survivor: Card) -> None:
    form = as_mia.get(url(survivor)).context["form"]

    proposed = {name: form[name].value() for name in ("if_wrong", "direction", "reading", "expectation", "name")}
    assert proposed == {
        "if_wrong": "thank the desk",
        "direction": "down",
        "reading": "gauge:last",
        "expectation": survivor.expectation_id,
        "name": None,
    }
    assert form["definition"].value() == "The answer to “How long do callers wait?”."


@pytest.mark.parametrize(
    ("text", "unit", "reading", "direction"),
    [
        ("How many callers give up?", "", "counter:sum", "up"),
        ("Share of calls that are missed", "%", "gauge:last", "down"),
        ("Hours to first answer", "h", "gauge:last", "up"),
        ("Do people come back?", "", "gauge:last", "up"),
    ],
)
def test_a_questions_own_words_are_read(
    as_mia: Client, wrapping: Workshop, bucket: Bucket, text: str, unit: str, reading: str, direction: str
) -> None:
    form = as_mia.get(url(builders.make_card(wrapping, bucket=bucket, text=text))).context["form"]

    assert tuple(form[name].value() for name in ("unit", "reading", "direction")) == (unit, reading, direction)


def test_the_trace_stands_beside_it(as_mia: Client, survivor: Card) -> None:
    kinds = [stop.kind for stop in as_mia.get(url(survivor)).context["trace"]]

    assert kinds == ["Card", "Expectation", "Customer", "Deliverable"]


def test_a_question_of_its_own_is_asked_for_the_past(as_mia: Client, survivor: Card, mia: User) -> None:
    source = make_source()

    as_mia.post(url(survivor), builders.typed(mia, feed="sql", source=source.pk, text="select 1 as value"))

    metric = Metric.objects.select_related("query").get()
    assert metric.query is not None
    assert (metric.query.text, metric.column, metric.query.backfills.count()) == ("select 1 as value", "value", 1)


@pytest.mark.parametrize("feed", ["sql", "column"])
def test_what_the_squad_cannot_ask_is_not_offered(as_mia: Client, survivor: Card, mia: User, feed: str) -> None:
    response = as_mia.post(url(survivor), builders.typed(mia, feed=feed))

    assert response.status_code == 422
    assert "feed" in response.context["form"].errors


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target": ""}, "target"),
        ({"target": "many"}, "target"),
        ({"due": "2020-01-01"}, "due"),
        ({"if_wrong": ""}, "if_wrong"),
        ({"owner": ""}, "owner"),
        ({"start": "2020-01-01"}, "start"),
        ({"definition": ""}, "definition"),
        ({"direction": "range", "upper": "3"}, "upper"),
        ({"baseline": "4"}, "baseline"),
        ({"feed": "day", "reading": "timer:p90"}, "reading"),
    ],
)
def test_what_cannot_be_is_asked_again_and_kept(
    as_mia: Client, survivor: Card, mia: User, wrong: dict[str, Any], field: str
) -> None:
    typed = builders.typed(mia, why="Callers <b>hang up</b>") | wrong

    response = as_mia.post(url(survivor), typed)

    assert (response.status_code, field in response.context["form"].errors) == (422, True)
    assert "Callers &lt;b&gt;hang up&lt;/b&gt;" in response.content.decode()
    assert not Metric.objects.exists()


def test_a_goal_that_starts_too_early_is_told_the_days_that_are_meant(
    as_mia: Client, survivor: Card, mia: User
) -> None:
    response = as_mia.post(url(survivor), builders.typed(mia, start="2020-01-01"))

    day = date_format(builders.today(), "j M Y")
    assert response.context["form"].errors["start"][0].endswith(f" and {day}, which is today for the squad.")


def test_a_source_that_was_taken_away_is_said_so(
    as_mia: Client, survivor: Card, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source()
    sent = builders.typed(mia, feed="sql", source=source.pk, text="drop table calls")

    response = as_mia.post(url(survivor), sent)

    assert (response.status_code, "text" in response.context["form"].errors) == (422, True)
    assert (Metric.objects.count(), Adoption.objects.count()) == (0, 0)


def test_a_select_is_tried_with_the_rest_still_open(
    as_mia: Client, survivor: Card, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source()
    monkeypatch.setattr(queries, "preview", lambda _squad, **_asked: Preview(("value",), ()))
    sent = builders.typed(mia, feed="sql", source=source.pk, text="select 42 as value", target="")

    response = as_mia.post(url(survivor), sent | {"try": "1"})

    page = response.content.decode()
    assert (response.status_code, "What it would answer" in page, "select 42" in page) == (200, True, True)
    assert not Metric.objects.exists()


def test_trying_asks_for_what_is_missing_in_the_question_only(as_mia: Client, survivor: Card, mia: User) -> None:
    sent = builders.typed(mia, feed="sql", source=make_source().pk, target="")

    response = as_mia.post(url(survivor), sent | {"try": "1"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["text"])


def test_a_goal_to_reach_without_a_baseline_waits(survivor: Card, by: Participant) -> None:
    metric = builders.adopt(survivor, by).metric

    assert (metric.goals.get().state, Waiting.objects.get().metric, Tile.objects.count()) == ("draft", metric, 0)


def test_a_goal_from_a_known_baseline_stands_on_the_dashboard_at_once(
    as_mia: Client, survivor: Card, mia: User
) -> None:
    as_mia.post(url(survivor), builders.typed(mia, baseline="12"))

    goal = Goal.objects.get()
    assert (goal.state, goal.form, goal.baseline) == ("active", "reach", 12.0)
    assert (Tile.objects.get().metric, Waiting.objects.count()) == (goal.metric, 0)


@pytest.mark.parametrize(
    ("direction", "more", "form"),
    [
        ("up", {"aim": "stay"}, "stay-above"),
        ("down", {"aim": "stay"}, "stay-below"),
        ("range", {"upper": "9"}, "stay-within"),
    ],
)
def test_a_goal_to_stay_needs_no_baseline(
    as_mia: Client, survivor: Card, mia: User, direction: str, more: dict[str, str], form: str
) -> None:
    as_mia.post(url(survivor), builders.typed(mia, direction=direction, **more))

    assert (Goal.objects.get().state, Goal.objects.get().form) == ("active", form)


def test_a_goal_may_count_from_ninety_days_back(as_mia: Client, survivor: Card, mia: User) -> None:
    start = builders.today() - timedelta(days=90)

    as_mia.post(url(survivor), builders.typed(mia, start=start, baseline="12"))

    assert Goal.objects.get().start == start


def test_the_first_adoption_of_a_bucket_makes_its_dashboard(
    wrapping: Workshop, bucket: Bucket, survivor: Card, by: Participant
) -> None:
    decision = builders.decide(bucket, by)

    for card in (survivor, builders.make_card(wrapping, bucket=bucket)):
        builders.adopt(card, by)

    dashboard = Dashboard.objects.get()
    assert Bucket.objects.get(pk=bucket.pk).dashboard == dashboard
    assert (dashboard.question, dashboard.bucket, dashboard.review_date) == (
        bucket.question,
        bucket.title,
        decision.review_date,
    )
    assert dashboard.waiting.count() == 2


def test_a_later_decision_moves_the_review_of_its_dashboard(bucket: Bucket, survivor: Card, by: Participant) -> None:
    builders.adopt(survivor, by)

    decision = builders.decide(bucket, by)

    assert Dashboard.objects.get().review_date == decision.review_date


def test_adopting_again_answers_with_the_first(survivor: Card, by: Participant) -> None:
    first, second = (builders.adopt(survivor, by) for _ in range(2))

    assert (first, Metric.objects.count()) == (second, 1)


def test_who_comes_late_to_an_adopted_card_is_led_to_its_metric(
    as_mia: Client, survivor: Card, by: Participant, mia: User
) -> None:
    adoption = builders.adopt(survivor, by)

    response = as_mia.post(url(survivor), builders.typed(mia))

    assert response["Location"] == adoption.metric.get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "parked", "reason": "later"}, "was parked meanwhile"),
        ({"state": "grouped"}, "is not settled yet"),
    ],
)
def test_only_survivors_are_adopted(
    as_mia: Client, survivor: Card, mia: User, fields: dict[str, str], sentence: str
) -> None:
    Card.objects.filter(pk=survivor.pk).update(**fields)

    response = as_mia.post(url(survivor), builders.typed(mia))

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert not Metric.objects.exists()


def test_an_adopted_card_is_neither_parked_nor_moved(survivor: Card, by: Participant) -> None:
    builders.adopt(survivor, by)

    with pytest.raises(Refused, match="is a metric already"):
        adopting.must_not_be_adopted(survivor)


def test_another_workshops_card_is_not_there(as_mia: Client, survivor: Card, wrapping: Workshop, ada: User) -> None:
    other = builders.make_workshop(wrapping.squad, ada)

    assert as_mia.get(reverse("workshops:adopt", args=[other.pk, survivor.pk])).status_code == 404


def test_a_card_that_is_still_hidden_is_not_there(as_mia: Client, survivor: Card) -> None:
    Card.objects.update(is_revealed=False)

    assert as_mia.get(url(survivor)).status_code == 404


def test_a_workshop_that_rests_adopts_nothing(as_mia: Client, survivor: Card, mia: User) -> None:
    Workshop.objects.update(join_code=None, state="paused")

    response = as_mia.post(url(survivor), builders.typed(mia) | {"if_wrong": "ring the tower"})

    page = response.content.decode()
    assert (response.status_code, "This workshop rests" in page, "ring the tower" in page) == (422, True, True)
    assert not Metric.objects.exists()


@pytest.mark.parametrize("owner", ["eve", "cory"])
def test_an_owner_is_somebody_of_the_squad(
    as_mia: Client, survivor: Card, request: pytest.FixtureRequest, owner: str
) -> None:
    response = as_mia.post(url(survivor), builders.typed(request.getfixturevalue(owner)))

    assert response.status_code == {"eve": 422, "cory": 302}[owner]
