"""What squads do with queries: try, add, change, ask again and call off."""

from __future__ import annotations

import time
from datetime import time as midnight
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from mdd import celery
from mdd.models import AuditEntry, Squad, User
from metrics.actions import metrics, queries, refreshes
from metrics.actions.metrics import Plan
from metrics.models import Backfill, Query, Refresh, Sample, Source
from metrics.queue import publish
from metrics.slots import DAY, Cadence
from metrics.sources.errors import Code, SourceError
from tests import builders

from .conftest import CALLS_BY_HOUR, NOON, make_refresh

HOUR = timedelta(hours=1)
EPOCH = "SELECT extract(epoch FROM %(start)s) AS value"


def preview(squad: Squad, source: Source, text: str, column: str = "value") -> queries.Preview:
    return queries.preview(squad, source=source, text=text, cadence=Cadence.HOUR, column=column)


@pytest.mark.parametrize(
    "text",
    [
        EPOCH,
        "SELECT at AS ts, 1 AS value FROM generate_series(%(start)s::timestamptz, %(end)s - %(step)s, %(step)s) AS at",
    ],
)
def test_a_query_can_be_tried_on_the_last_slots(squad: Squad, source: Source, text: str) -> None:
    shown = preview(squad, source, text)

    starts = [reading.at for reading in shown.readings]
    assert len(starts) == 7
    assert starts[-1] + HOUR <= timezone.now() < starts[-1] + 2 * HOUR
    assert all(reading.value for reading in shown.readings)


def test_trying_leaves_no_trace(squad: Squad, source: Source) -> None:
    preview(squad, source, EPOCH)

    assert not Query.objects.exists()
    assert not Refresh.objects.exists()
    assert not Sample.objects.exists()


def test_trying_does_not_take_longer_than_the_source_may(squad: Squad, source: Source) -> None:
    Source.objects.update(seconds=1)
    source.refresh_from_db()
    begun = time.monotonic()

    with pytest.raises(SourceError) as refused:
        preview(squad, source, "SELECT 1 AS value FROM pg_sleep(20)")

    assert refused.value.code == Code.TIMEOUT
    assert time.monotonic() - begun < 3


def test_a_source_that_was_not_granted_cannot_be_tried_nor_asked(squad: Squad, source: Source, ada: User) -> None:
    Source.objects.update(is_for_all=False)

    with pytest.raises(SourceError, match="may not ask “Help desk”"):
        preview(squad, source, EPOCH)
    with pytest.raises(SourceError, match="may not ask “Help desk”"):
        queries.create(squad, source=source, text=EPOCH, cadence=Cadence.HOUR, by=ada)


def test_a_new_query_begins_with_the_slot_that_runs(squad: Squad, source: Source, ada: User) -> None:
    query = queries.create(squad, source=source, text=EPOCH, cadence=Cadence.HOUR, by=ada)

    assert query.next_slot <= timezone.now() < query.next_slot + HOUR
    assert AuditEntry.objects.get(what="query-created").after == {"text": EPOCH, "cadence": "hour", "grace": 0}


@pytest.mark.parametrize("text", ["DROP TABLE calls", "SELECT 1; SELECT 2", ""])
def test_a_query_that_cannot_work_is_not_kept(squad: Squad, source: Source, ada: User, text: str) -> None:
    with pytest.raises(SourceError):
        queries.create(squad, source=source, text=text, cadence=Cadence.HOUR, by=ada)

    assert not Query.objects.exists()


def test_mending_a_query_asks_for_what_it_missed(squad: Squad, source: Source, ada: User) -> None:
    query = queries.create(squad, source=source, text=EPOCH, cadence=Cadence.HOUR, by=ada)
    slot = query.next_slot - 5 * HOUR
    missed = make_refresh(query, slot=slot, until=slot + HOUR, state="dead", finished_at=slot, attempts=1)

    queries.edit(query, text=CALLS_BY_HOUR, cadence=Cadence.HOUR, grace=timedelta(minutes=5), by=ada)

    missed.refresh_from_db()
    query.refresh_from_db()
    assert (missed.state, missed.attempts) == ("waiting", 0)
    assert (query.text, query.grace) == (CALLS_BY_HOUR, timedelta(minutes=5))


def test_another_cadence_begins_with_the_slot_that_runs(squad: Squad, source: Source, ada: User) -> None:
    query = queries.create(squad, source=source, text=EPOCH, cadence=Cadence.HOUR, by=ada)
    begun = timezone.now()

    edited = queries.edit(query, text=EPOCH, cadence=Cadence.MINUTE, grace=timedelta(0), by=ada)

    assert begun - timedelta(minutes=1) < edited.next_slot <= timezone.now()


def test_asking_again_twice_is_asking_once(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)

    first = refreshes.back_fill(query, NOON - 5 * HOUR, NOON, by=ada)
    second = refreshes.back_fill(query, NOON - 5 * HOUR, NOON, by=ada)

    assert first == second
    assert Refresh.objects.count() == 1


def test_asking_for_one_metric_is_not_asking_for_all(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    metric = builders.make_metric(squad, query=query)

    for one in (metric, metric, None):
        refreshes.back_fill(query, NOON - 5 * HOUR, NOON, by=ada, metric=one)

    assert list(Backfill.objects.order_by("pk").values_list("metric", flat=True)) == [metric.pk, None]


def test_asking_again_covers_whole_slots_up_to_the_one_that_runs(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    now = timezone.now()

    backfill = refreshes.back_fill(query, now - timedelta(minutes=90), now + timedelta(days=9), by=ada)

    assert backfill.start <= now - timedelta(minutes=90) < backfill.start + HOUR
    assert backfill.end - HOUR <= now < backfill.end


def test_a_new_metric_is_asked_for_from_the_start_of_a_day(squad: Squad, ada: User) -> None:
    """What is added up over half a day would stand at the start of its chart as the value of the whole."""
    squad.zone = "America/New_York"
    squad.save()
    query = builders.make_query(squad)
    plan = Plan("Calls?", "Calls", "up", "counter", "sum", ada, "All calls.", query=query, column="value")

    metrics.define(squad, plan=plan, by=ada)

    begins = Backfill.objects.get().start.astimezone(ZoneInfo("America/New_York"))
    assert (begins.date(), begins.time()) == (timezone.localdate(timezone=begins.tzinfo) - 90 * DAY, midnight())


def test_a_form_does_not_wait_for_a_broker_that_is_away(
    squad: Squad,
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(publish, "send", lambda *_args, **_options: False)
    begun = time.monotonic()

    with django_capture_on_commit_callbacks(execute=True):
        refreshes.back_fill(builders.make_query(squad), NOON - HOUR, NOON, by=ada)

    assert time.monotonic() - begun < 1
    assert Refresh.objects.due(timezone.now()).count() == 1
    assert celery.EXPIRES == 10, "after that the tick repeats what was not taken"


def test_progress_is_told_in_time_that_is_settled(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    refreshes.back_fill(query, NOON - 2880 * HOUR, NOON, by=ada)
    first = Refresh.objects.earliest("pk")
    Refresh.objects.filter(pk=first.pk).update(state="done", finished_at=NOON)

    progress = refreshes.progress(query)

    assert progress is not None
    assert (progress.percent, progress.failed, progress.is_finished) == (50, 0, False)


def test_what_was_given_up_counts_as_settled_and_is_told(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    refreshes.back_fill(query, NOON - HOUR, NOON, by=ada)
    Refresh.objects.update(state="dead", finished_at=NOON)

    progress = refreshes.progress(query)

    assert progress is not None
    assert (progress.percent, progress.failed, progress.is_finished) == (100, 1, True)


def test_a_query_that_never_asked_again_has_no_progress(squad: Squad) -> None:
    assert refreshes.progress(builders.make_query(squad)) is None


def test_calling_off_leaves_what_is_done(squad: Squad, ada: User) -> None:
    query = builders.make_query(squad)
    backfill = refreshes.back_fill(query, NOON - 2880 * HOUR, NOON, by=ada)
    done = Refresh.objects.earliest("pk")
    Refresh.objects.filter(pk=done.pk).update(state="done", finished_at=NOON)

    assert refreshes.cancel(backfill, by=ada) == 1
    assert refreshes.cancel(backfill, by=ada) == 0
    assert set(Refresh.objects.values_list("state", flat=True)) == {"done", "cancelled"}
    assert Backfill.objects.count() == 1
