"""What becomes of a refresh: an answer, another try, or a question to a human."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdd.models import Squad
from metrics.models import Metric, Query, Refresh, Sample
from metrics.queue import breaker, leases, outcomes
from metrics.queue.leases import Lease
from metrics.queue.outcomes import Answer
from metrics.readings import Reading
from metrics.sources.errors import ASKS_A_HUMAN, Code, SourceError
from tests import builders

from .conftest import NOON, make_refresh

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
State = Refresh.State


@pytest.fixture
def query(squad: Squad) -> Query:
    return builders.make_query(squad)


@pytest.fixture
def metric(query: Query) -> Metric:
    return builders.make_metric(query.squad, query=query, instrument="counter", statistic="sum")


def begun(query: Query, **fields: object) -> tuple[Lease, Refresh]:
    (lease,) = leases.claim([make_refresh(query, **fields).pk], NOON)
    refresh = leases.start(lease, NOON)
    assert refresh is not None
    return lease, refresh


def failed(query: Query, code: Code, **fields: object) -> Refresh:
    lease, refresh = begun(query, **fields)
    outcomes.fail(lease, refresh, SourceError(code, f"It says {code}.", detail="secret host"), NOON + SECOND)
    refresh.refresh_from_db()
    return refresh


def answered(query: Query, metric: Metric, *, slot: int = 0) -> bool:
    at = NOON - HOUR * (slot + 1)
    lease, refresh = begun(query, slot=at, until=at + HOUR)
    return outcomes.finish(lease, refresh, Answer([Reading(metric.pk, at, 5.0)], rows=1), NOON + SECOND)


def test_an_answer_is_kept_with_its_slot(query: Query, metric: Metric) -> None:
    assert answered(query, metric)

    sample, refresh = Sample.objects.get(), Refresh.objects.get()
    query.refresh_from_db()
    assert (sample.at, sample.value, sample.origin) == (NOON - HOUR, 5.0, "pull")
    assert (refresh.state, refresh.rows, refresh.finished_at) == (State.DONE, 1, NOON + SECOND)
    assert query.answered_at == NOON + SECOND


def test_who_lost_the_lease_writes_nothing(query: Query, metric: Metric) -> None:
    lease, refresh = begun(query)
    leases.take_back(NOON + leases.LENGTH)

    late = outcomes.finish(lease, refresh, Answer([Reading(metric.pk, refresh.slot, 5.0)], rows=1), NOON + HOUR)

    assert not late
    assert not Sample.objects.exists()
    assert not outcomes.fail(lease, refresh, SourceError(Code.SERVER, "Trouble."), NOON + HOUR)
    assert Refresh.objects.get().state == State.WAITING


def test_an_answer_without_rows_says_so_in_the_log(query: Query, metric: Metric) -> None:
    lease, refresh = begun(query)
    note = SourceError(Code.NO_DATA, "No row.")

    outcomes.finish(lease, refresh, Answer([Reading(metric.pk, refresh.slot, None)], rows=0, note=note), NOON)

    query.refresh_from_db()
    assert Refresh.objects.get().error_code == "NO_DATA"
    assert query.error_code == ""
    assert Sample.objects.get().value is None


@pytest.mark.parametrize("code", sorted(set(Code) - ASKS_A_HUMAN - {Code.NO_DATA}))
def test_what_may_pass_is_tried_again(query: Query, metric: Metric, code: Code) -> None:
    refresh = failed(query, code)

    assert refresh.state == State.WAITING
    assert NOON <= refresh.due_at <= NOON + 16 * SECOND
    assert (refresh.error_code, refresh.error, refresh.detail) == (code, f"It says {code}.", "secret host")


@pytest.mark.parametrize("code", sorted(ASKS_A_HUMAN))
def test_what_only_a_human_can_mend_is_not(query: Query, metric: Metric, code: Code) -> None:
    assert failed(query, code).state == State.DEAD


def test_a_failure_shows_on_the_query_and_moves_its_tiles(query: Query, metric: Metric) -> None:
    failed(query, Code.TIMEOUT)

    query.refresh_from_db()
    metric.refresh_from_db()
    assert (query.error_code, query.error, query.error_at) == ("TIMEOUT", "It says TIMEOUT.", NOON + SECOND)
    assert metric.changed_at == NOON + SECOND


def test_the_same_failure_again_keeps_the_time_of_the_first(query: Query, metric: Metric) -> None:
    failed(query, Code.TIMEOUT)
    lease, refresh = begun(query, slot=NOON - 2 * HOUR, until=NOON - HOUR)
    outcomes.fail(lease, refresh, SourceError(Code.TIMEOUT, "It says TIMEOUT."), NOON + HOUR)

    query.refresh_from_db()
    assert query.error_at == NOON + SECOND


def test_a_source_that_names_a_time_is_taken_at_its_word(query: Query) -> None:
    lease, refresh = begun(query)

    outcomes.fail(lease, refresh, SourceError(Code.RATE_LIMITED, "Later.", retry_at=NOON + HOUR), NOON)

    assert Refresh.objects.get().due_at == NOON + HOUR


def test_after_twelve_attempts_it_is_given_up(query: Query) -> None:
    assert failed(query, Code.TIMEOUT, attempts=10).state == State.WAITING
    assert failed(query, Code.TIMEOUT, attempts=11, slot=NOON - 3 * HOUR, until=NOON - 2 * HOUR).state == State.DEAD


def test_after_a_day_it_is_given_up(query: Query) -> None:
    assert failed(query, Code.TIMEOUT, queued_at=NOON - 25 * HOUR).state == State.DEAD


@given(st.integers(min_value=1, max_value=40))
def test_pauses_grow_to_a_quarter_of_an_hour_and_are_never_in_step(attempts: int) -> None:
    pauses = {outcomes.pause(attempts) for _number in range(5)}

    assert outcomes.ceiling(1) == 15 * SECOND
    assert outcomes.ceiling(attempts) <= outcomes.ceiling(attempts + 1) <= timedelta(minutes=15)
    assert all(timedelta(0) <= pause <= outcomes.ceiling(attempts) for pause in pauses)
    assert len(pauses) > 1


def test_a_good_answer_clears_the_error(query: Query, metric: Metric) -> None:
    failed(query, Code.BAD_SHAPE)

    answered(query, metric, slot=1)

    query.refresh_from_db()
    metric.refresh_from_db()
    assert (query.error_code, query.error) == ("", "")
    assert query.error_at is None
    assert metric.changed_at >= NOON + SECOND


def test_and_asks_again_for_what_could_not_be_had(query: Query, metric: Metric) -> None:
    missed = failed(query, Code.DENIED)

    answered(query, metric, slot=1)

    missed.refresh_from_db()
    assert (missed.state, missed.attempts) == (State.WAITING, 1)
    assert missed.finished_at is None


@pytest.mark.parametrize("code", [Code.BAD_SHAPE, Code.TIMEOUT, Code.OURS])
def test_what_never_works_is_not_asked_for_ever(query: Query, metric: Metric, code: Code) -> None:
    hopeless = failed(query, code, attempts=11)

    answered(query, metric, slot=1)

    hopeless.refresh_from_db()
    assert hopeless.state == State.DEAD


def test_after_trouble_of_the_source_counting_starts_afresh(query: Query, metric: Metric) -> None:
    worn_out = failed(query, Code.UNREACHABLE, attempts=11)

    answered(query, metric, slot=1)

    worn_out.refresh_from_db()
    assert (worn_out.state, worn_out.attempts) == (State.WAITING, 0)


def test_very_much_that_was_missed_is_asked_for_as_one_back_fill(query: Query, metric: Metric) -> None:
    for number in range(60):
        at = NOON - (number + 5) * HOUR
        make_refresh(query, slot=at, until=at + HOUR, state="dead", finished_at=NOON, error_code="AUTH")
    failed(query, Code.AUTH)

    answered(query, metric, slot=1)

    assert query.backfills.get().refreshes.count() == 1
    assert Refresh.objects.filter(backfill=None, state=State.CANCELLED).count() == 61


@pytest.mark.parametrize("code", [Code.TIMEOUT, Code.TOO_MANY_ROWS])
def test_a_stretch_that_was_too_much_at_once_is_halved(query: Query, code: Code) -> None:
    failed(query, code, slot=NOON - 10 * HOUR)

    halves = list(Refresh.objects.order_by("slot").values_list("slot", "until", "state"))
    assert halves == [
        (NOON - 10 * HOUR, NOON - 5 * HOUR, "waiting"),
        (NOON - 5 * HOUR, NOON, "waiting"),
    ]


def test_what_was_left_for_want_of_time_waits(query: Query, metric: Metric) -> None:
    lease, refresh = begun(query, slot=NOON - 10 * HOUR)
    answer = Answer([Reading(metric.pk, NOON - HOUR, 1.0)], rows=1, left=NOON - HOUR)

    outcomes.finish(lease, refresh, answer, NOON)

    refresh.refresh_from_db()
    assert (refresh.state, refresh.slot, refresh.until) == (State.WAITING, NOON - 10 * HOUR, NOON - HOUR)
    assert Sample.objects.count() == 1


@pytest.mark.parametrize("code", [Code.UNREACHABLE, Code.SERVER, Code.AUTH])
def test_five_troubles_in_a_row_leave_the_source_alone(query: Query, metric: Metric, code: Code) -> None:
    other = builders.make_query(query.squad, query.source)
    for number in range(breaker.FAILURES):
        failed(query, code, slot=NOON - (number + 1) * HOUR)

    query.source.refresh_from_db()
    other.refresh_from_db()
    assert query.source.open_until == NOON + SECOND + breaker.PAUSE
    assert breaker.room(query.source, NOON + SECOND) == 0
    assert breaker.room(query.source, NOON + HOUR) == 1
    assert other.error_code == code, "queries that are not asked say why"


@pytest.mark.parametrize("code", [Code.BAD_QUERY, Code.DENIED, Code.BAD_SHAPE, Code.TIMEOUT, Code.TOO_MANY_ROWS])
def test_one_squads_mistakes_never_close_a_source_for_others(query: Query, metric: Metric, code: Code) -> None:
    for number in range(20):
        failed(query, code, slot=NOON - (number + 1) * HOUR, until=NOON - number * HOUR)

    query.source.refresh_from_db()
    assert query.source.failures == 0
    assert query.source.open_until is None


def test_any_answer_ends_the_trouble(query: Query, metric: Metric) -> None:
    query.source.failures, query.source.open_until = 7, NOON - SECOND
    query.source.save()

    answered(query, metric)

    query.source.refresh_from_db()
    assert query.source.failures == 0
    assert query.source.open_until is None
