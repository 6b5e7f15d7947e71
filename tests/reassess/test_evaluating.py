"""How the evaluator goes about it: what it leaves out, freezes and asks the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mdd.models import Squad
from metrics import evaluating, tiles
from metrics.models import Metric, Reassessment
from metrics.standing import Standing
from tests.reassess.builders import DAY, NOW, TODAY, asked, fill
from tests.reassess.causes import HOUR, evaluate, missed, raised, stale


def test_the_retired_are_left_in_peace(squad: Squad) -> None:
    missed(squad)
    Metric.objects.update(state="retired")

    evaluate(NOW)

    assert raised() == []


def test_the_facts_stay_as_they_were_when_the_values_change(squad: Squad) -> None:
    metric = missed(squad)
    evaluate(NOW)

    fill(metric, 90.0, 90.0)
    evaluate(NOW + 2 * HOUR)

    facts = Reassessment.objects.get().facts
    assert facts["value"] == 75.0
    assert facts["distance"] == 7.0
    assert facts["goal"]["target"] == 82.0
    assert facts["goal"]["baseline"] == 70.0
    assert facts["goal"]["due"] == "2026-03-19"
    assert facts["sentence"] == "Missed by 7: the goal was 82 by 19 Mar."
    assert facts["days"][-2:] == [["2026-03-18", 75.0], ["2026-03-19", 75.0]]
    assert len(facts["days"]) == 14
    assert (facts["status"], facts["data_at"]) == ("missed", (NOW - timedelta(minutes=1)).isoformat())


def test_a_prompt_wants_to_be_decided_within_a_week(squad: Squad) -> None:
    missed(squad)

    evaluate(NOW)

    prompt = Reassessment.objects.get()
    assert (prompt.opened_at, prompt.due, prompt.squad) == (NOW, TODAY + 7 * DAY, squad)


def test_only_what_changed_or_was_not_looked_at_for_an_hour_is_looked_at(squad: Squad) -> None:
    now = timezone.now() + HOUR
    first, _second = fill(asked(squad), 82.0), fill(asked(squad), 82.0)

    looked = [evaluating.evaluate(now), evaluating.evaluate(now + 30 * timedelta(minutes=1))]
    Metric.objects.filter(pk=first.pk).update(changed_at=now + 40 * timedelta(minutes=1))
    looked += [evaluating.evaluate(now + 50 * timedelta(minutes=1)), evaluating.evaluate(now + 2 * HOUR)]

    assert looked == [2, 0, 1, 2]


def test_a_metric_that_we_stumble_over_keeps_no_other_from_being_looked_at(
    squad: Squad, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    missed(squad)
    broken = missed(squad)
    standing = tiles.standing

    def stumbles(metric: Metric, *more: Any) -> Standing:
        if metric == broken:
            raise ArithmeticError
        return standing(metric, *more)

    monkeypatch.setattr(tiles, "standing", stumbles)
    looked = evaluating.evaluate_some(NOW)

    assert looked == 2
    assert len(raised()) == 1
    assert f"Metric {broken.pk} could not be looked at" in caplog.text
    assert evaluating.evaluate_some(NOW) == 0


def queries_of(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize(("cause", "most"), [(missed, 10), (stale, 10), (lambda squad: fill(asked(squad), 82.0), 8)])
def test_a_batch_takes_as_many_queries_as_one_metric(squad: Squad, cause: Any, most: int) -> None:
    cause(squad)
    for_one = queries_of(lambda: evaluating.evaluate_some(NOW))
    for _ in range(5):
        cause(squad)

    assert queries_of(lambda: evaluating.evaluate_some(NOW)) == for_one <= most


def test_what_needs_no_values_is_found_with_few_queries(squad: Squad) -> None:
    assert queries_of(lambda: evaluating.find(NOW)) <= 6
