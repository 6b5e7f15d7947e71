"""The whole way of a question: from a due slot to a sample or a sentence, against a real source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.utils import timezone

from mdd.models import Squad, User
from metrics.actions import metrics, refreshes, samples
from metrics.actions.metrics import Plan
from metrics.models import Backfill, Metric, Query, Refresh, Sample, Source
from metrics.models.samples import Origin
from metrics.queue import asking, batches, chunks, due
from metrics.readings import Reading
from tests import builders
from tests.servers import Server

from .conftest import CALLS_A_SLOT, CALLS_BY_HOUR, HOUR, NOON, MakeMetric, values


def work() -> None:
    """Run all that is due, as workers would."""
    for _round in range(10):
        ids = list(Refresh.objects.due(timezone.now()).order_by("-slot").values_list("pk", flat=True))
        if not ids:
            return
        batches.run(ids)


def test_a_due_slot_becomes_a_sample(metric_of: MakeMetric) -> None:
    metric = metric_of()
    due.insert(NOON)

    work()

    assert values(metric) == {1: 4.0}
    refresh = Refresh.objects.get()
    assert (refresh.state, refresh.rows, refresh.attempts, refresh.error) == ("done", 1, 1, "")


def test_metrics_of_one_query_share_the_question(metric_of: MakeMetric) -> None:
    first = metric_of("SELECT 1 AS value, 2 AS other")
    second = builders.make_metric(first.squad, query=first.query, column="other")
    due.insert(NOON)

    work()

    assert (values(first), values(second)) == ({1: 1.0}, {1: 2.0})
    assert Refresh.objects.count() == 1


@pytest.mark.parametrize("text", [CALLS_A_SLOT, CALLS_BY_HOUR])
def test_a_stretch_is_answered_slot_by_slot_or_at_once(metric_of: MakeMetric, ada: User, text: str) -> None:
    metric = metric_of(text)
    assert metric.query is not None

    backfill = refreshes.back_fill(metric.query, NOON - 6 * HOUR, NOON, by=ada)
    work()

    assert values(metric) == dict.fromkeys(range(1, 7), 4.0)
    assert Refresh.objects.get().rows == 6
    assert refreshes.progress_of(backfill).percent == 100


def test_hours_without_rows_have_samples_without_a_value(metric_of: MakeMetric, ada: User) -> None:
    """Nothing was called in February: that is no data, not zero."""
    metric = metric_of(CALLS_BY_HOUR)
    assert metric.query is not None

    refreshes.back_fill(metric.query, NOON - 800 * HOUR, NOON - 790 * HOUR, by=ada)
    work()

    assert set(values(metric).values()) == {None}
    assert Refresh.objects.get().error_code == "NO_DATA"


def test_a_new_metric_leaves_its_sisters_what_they_have(metric_of: MakeMetric, ada: User) -> None:
    """The source has thrown away what it once answered."""
    sister = metric_of(CALLS_BY_HOUR)
    at = timezone.now().replace(minute=0, second=0, microsecond=0) - 48 * HOUR
    samples.keep([Reading(sister.pk, at, 4.0)], origin=Origin.PULL, taken_at=at + HOUR)
    plan = Plan("Calls?", "Calls", "up", "counter", "sum", ada, "All calls.", query=sister.query, column="value")

    new = metrics.define(sister.squad, plan=plan, by=ada)
    work()

    assert list(Sample.objects.filter(metric=sister).values_list("at", "value")) == [(at, 4.0)]
    assert Sample.objects.get(metric=new, at=at).value is None


def test_an_answer_with_too_many_rows_is_asked_for_in_halves(metric_of: MakeMetric, ada: User) -> None:
    """Forty bounds an hour for a week are 6,720 rows; half a week is 3,360."""
    text = """
        SELECT at AS ts, bound, 1 AS value FROM generate_series(1, 40) AS bound,
        generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 hour', interval '1 hour') AS at
    """
    metric = metric_of(text)
    Metric.objects.filter(pk=metric.pk).update(instrument="timer", statistic="p50")
    assert metric.query is not None

    refreshes.back_fill(metric.query, NOON - 168 * HOUR, NOON, by=ada)
    work()

    assert Refresh.objects.filter(state="done").count() == 2
    assert len(values(metric)) == 168


def test_what_does_not_fit_in_the_time_is_kept_and_the_rest_waits(
    metric_of: MakeMetric, source: Source, ada: User
) -> None:
    Source.objects.update(seconds=1)
    metric = metric_of("SELECT 1 AS value FROM pg_sleep(0.2)")
    assert metric.query is not None
    refreshes.back_fill(metric.query, NOON - 6 * HOUR, NOON, by=ada)

    batches.run([Refresh.objects.get().pk])

    refresh = Refresh.objects.get()
    answered = values(metric)
    assert 0 < len(answered) < 6
    assert (refresh.state, refresh.until) == ("waiting", NOON - len(answered) * HOUR)
    assert 0 < refreshes.progress_of(Backfill.objects.get()).percent < 100

    work()
    assert len(values(metric)) == 6


BAD_INPUT = [
    ("DROP TABLE calls", "BAD_QUERY", "Only SELECT is allowed."),
    ("SELECT 1 AS value; SELECT 2", "BAD_QUERY", "Write one statement; this is 2."),
    ("SELECT minuets AS value FROM calls", "BAD_QUERY", 'Line 1: column "minuets" does not exist.'),
    ("SELECT 'many' AS value", "BAD_SHAPE", "“value” holds “many” where a number is wanted."),
    ("SELECT 'NaN'::float8 AS value", "BAD_SHAPE", "“value” holds nan, which is no number."),
    ("SELECT 'infinity'::float8 AS value", "BAD_SHAPE", "“value” holds inf, which is no number."),
    ("SELECT 1 AS count", "BAD_SHAPE", "The answer has no column “value”; it has count."),
    ("SELECT now() AT TIME ZONE 'UTC' AS ts, 1 AS value", "BAD_SHAPE", "The times in “ts” have no time zone."),
    ("SELECT %(start)s AS ts, n AS value FROM generate_series(1, 2) AS n", "BAD_SHAPE", "comes 2 times"),
    (
        "SELECT a AS value FROM generate_series(1, 10000) AS a, generate_series(1, 1000) AS b",
        "TOO_MANY_ROWS",
        "more than 5000 rows",
    ),
    ("SELECT amount AS value FROM salaries", "DENIED", "The user “reader” may not read that"),
]


@pytest.mark.sampled
@pytest.mark.parametrize(("text", "code", "sentence"), BAD_INPUT)
def test_a_bad_query_keeps_the_last_good_value_and_stops_no_other(
    metric_of: MakeMetric, text: str, code: str, sentence: str
) -> None:
    bad, good = metric_of(), metric_of()
    due.insert(NOON)
    work()
    Query.objects.filter(metrics=bad).update(text=text)

    due.insert(NOON + HOUR)
    work()

    query = Query.objects.get(metrics=bad)
    assert query.error_code == code
    assert sentence in query.error
    assert values(bad) == {1: 4.0}, "the last good value stays"
    assert values(good) == {1: 4.0, 0: 4.0}
    assert Source.objects.get().failures == 0


def test_a_query_that_sleeps_is_stopped_and_tried_again(metric_of: MakeMetric) -> None:
    Source.objects.update(seconds=1)
    metric_of("SELECT 1 AS value FROM pg_sleep(20)")
    due.insert(NOON)

    batches.run([Refresh.objects.get().pk])

    refresh = Refresh.objects.get()
    assert (refresh.state, refresh.error_code) == ("waiting", "TIMEOUT")
    assert refresh.error.startswith("It took longer than 1 s and was stopped.")


def test_a_wrong_password_asks_a_human_and_trips_the_breaker_after_five(metric_of: MakeMetric, server: Server) -> None:
    shared = [metric_of() for _number in range(5)]
    with server.superuser() as connection:
        connection.execute("ALTER ROLE reader PASSWORD 'changed'")
    due.insert(NOON)

    work()

    with server.superuser() as connection:
        connection.execute(f"ALTER ROLE reader PASSWORD '{server.password}'")
    errors = Query.objects.filter(metrics__in=shared).values_list("error", flat=True)
    assert set(errors) == {"The source refused the password of “reader”."}
    assert Source.objects.get().open_until is not None


def test_a_squad_that_lost_its_grant_is_refused_at_the_next_run(metric_of: MakeMetric, source: Source) -> None:
    metric = metric_of()
    Source.objects.update(is_for_all=False)
    due.insert(NOON)

    work()

    query = Query.objects.get(metrics=metric)
    assert (query.error_code, query.error) == ("DENIED", "This squad may not ask “Help desk” any more.")


def test_our_own_mistake_is_named_as_ours(metric_of: MakeMetric, monkeypatch: pytest.MonkeyPatch) -> None:
    metric_of()
    due.insert(NOON)
    monkeypatch.setattr(asking, "ask", lambda *_: 1 / 0)

    batches.run([Refresh.objects.get().pk])

    refresh = Refresh.objects.get()
    assert (refresh.state, refresh.error_code) == ("waiting", "OURS")
    assert "division" not in refresh.error


@pytest.mark.parametrize(
    ("feed", "hours"),
    [
        ({"instrument": "timer", "statistic": "p50"}, [480, 480, 480, 60]),
        ({"instrument": "counter", "statistic": "sum"}, [1440, 60]),
    ],
)
def test_chunks_cover_a_stretch_without_gap(squad: Squad, feed: dict[str, str], hours: list[int]) -> None:
    query = builders.make_query(squad)
    builders.make_metric(squad, query=query, **feed)

    chunks.back_fill(query, NOON - 1500 * HOUR, NOON, now=NOON)

    pieces = list(Refresh.objects.order_by("slot").values_list("slot", "until"))
    assert [end - start for start, end in pieces] == [length * HOUR for length in hours]
    assert (pieces[0][0], pieces[-1][1]) == (NOON - 1500 * HOUR, NOON)
    assert all(before[1] == after[0] for before, after in pairwise(pieces))
