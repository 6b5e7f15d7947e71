"""One worker at a time, for as long as it shows signs of life; and only it may write."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections

from mdd.models import Squad
from metrics.models import Query, Refresh
from metrics.queue import leases
from metrics.queue.leases import LENGTH, Lease
from tests import builders

from .conftest import NOON, make_refresh

SECOND = timedelta(seconds=1)
State = Refresh.State


@pytest.fixture
def query(squad: Squad) -> Query:
    return builders.make_query(squad, builders.make_source(concurrency=2))


def many(query: Query, number: int) -> list[int]:
    hours = [timedelta(hours=hour) for hour in range(number)]
    return [make_refresh(query, slot=NOON - hour, until=NOON - hour + timedelta(hours=1)).pk for hour in hours]


def test_what_is_claimed_is_held_in_the_order_asked_for(query: Query) -> None:
    first, second, third = many(query, 3)

    held = leases.claim([third, first, second], NOON)

    assert [lease.refresh_id for lease in held] == [third, first, second]
    assert len({lease.fence for lease in held}) == 1


def test_what_somebody_holds_nobody_else_claims(query: Query) -> None:
    ids = many(query, 2)
    leases.claim(ids, NOON)

    assert leases.claim(ids, NOON) == []


def test_what_is_not_due_yet_is_not_claimed(query: Query) -> None:
    refresh = make_refresh(query, due_at=NOON + SECOND)

    assert leases.claim([refresh.pk], NOON) == []


def test_ids_of_nothing_are_nothing(db: None) -> None:
    assert leases.claim([], NOON) == []
    assert leases.claim([404], NOON) == []


def test_another_sources_refresh_is_left_alone(query: Query, squad: Squad) -> None:
    ours, other = make_refresh(query), make_refresh(builders.make_query(squad))

    held = leases.claim([ours.pk, other.pk], NOON)

    assert [lease.refresh_id for lease in held] == [ours.pk]


def test_no_more_workers_than_the_source_may_have(query: Query) -> None:
    one, two, three = many(query, 3)
    Refresh.objects.update(published_at=NOON)

    assert leases.claim([one], NOON)
    assert leases.claim([two], NOON)
    assert leases.claim([three], NOON) == []
    assert Refresh.objects.get(pk=three).published_at is None, "whoever finishes there publishes it again"


def test_a_dead_worker_does_not_take_room(query: Query) -> None:
    one, two, three = many(query, 3)
    leases.claim([one], NOON)
    leases.claim([two], NOON)

    assert leases.claim([three], NOON + LENGTH + SECOND)


@pytest.mark.django_db(transaction=True)
def test_claims_at_once_respect_the_limit(query: Query) -> None:
    ids = many(query, 8)
    together = Barrier(8)
    held: list[Lease] = []

    def claim(pk: int) -> None:
        together.wait()
        held.extend(leases.claim([pk], NOON))
        connections.close_all()

    workers = [Thread(target=claim, args=(pk,)) for pk in ids]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(held) == 2


def test_beginning_counts_the_attempt(query: Query) -> None:
    (lease,) = leases.claim(many(query, 1), NOON)

    refresh = leases.start(lease, NOON + SECOND)

    assert refresh is not None
    assert (refresh.attempts, refresh.started_at) == (1, NOON + SECOND)
    assert refresh.lease_until == NOON + SECOND + LENGTH


def test_what_was_lost_is_not_begun(query: Query) -> None:
    (lease,) = leases.claim(many(query, 1), NOON)
    leases.take_back(NOON + LENGTH)

    assert leases.start(lease, NOON + LENGTH) is None


def test_a_sign_of_life_keeps_all_that_is_held(query: Query) -> None:
    held = leases.claim(many(query, 3), NOON)

    leases.renew(held[0].fence, NOON + LENGTH - SECOND)

    assert leases.take_back(NOON + LENGTH + SECOND) == 0


def test_what_a_silent_worker_held_waits_again(query: Query) -> None:
    leases.claim(many(query, 3), NOON)

    assert leases.take_back(NOON + LENGTH) == 3
    assert Refresh.objects.due(NOON + LENGTH).filter(published_at=None, fence=None).count() == 3


def test_a_worker_that_was_started_again_frees_what_it_held(query: Query) -> None:
    one, two = many(query, 2)
    leases.claim([one], NOON, holder="refresh@here")
    leases.claim([two], NOON, holder="refresh@there")

    assert leases.take_back_from("refresh@here", NOON) == 1
    assert list(Refresh.objects.due(NOON).values_list("pk", flat=True)) == [one]


def test_what_silences_every_worker_is_given_up(query: Query) -> None:
    refresh = make_refresh(query, attempts=leases.ATTEMPTS - 1)
    (lease,) = leases.claim([refresh.pk], NOON)
    leases.start(lease, NOON)

    leases.take_back(NOON + LENGTH)

    refresh.refresh_from_db()
    query.refresh_from_db()
    assert (refresh.state, refresh.error_code) == (State.DEAD, "OURS")
    assert query.error_code == "OURS"


def test_what_was_not_begun_goes_back_in_line(query: Query) -> None:
    held = leases.claim(many(query, 3), NOON)

    assert leases.release(held[0].fence) == 3
    assert Refresh.objects.due(NOON).filter(attempts=0, fence=None).count() == 3


def test_a_source_in_trouble_gets_one_probe(query: Query) -> None:
    query.source.failures = 5
    query.source.save()

    held = leases.claim(many(query, 3), NOON)

    assert len(held) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "running"},
        {"state": "running", "fence": uuid4()},
        {"state": "waiting", "fence": uuid4()},
        {"state": "done", "finished_at": NOON, "lease_until": NOON},
    ],
)
def test_running_means_a_fence_and_a_lease(query: Query, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="refresh_running_exactly_with_a_lease"):
        make_refresh(query, **fields)


@pytest.mark.parametrize("fields", [{"state": "done"}, {"state": "waiting", "finished_at": NOON}])
def test_finished_means_a_time(query: Query, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="refresh_finished_exactly_with_a_time"):
        make_refresh(query, **fields)


def test_a_slot_has_one_refresh(query: Query) -> None:
    make_refresh(query)

    with pytest.raises(IntegrityError, match="refresh_once_per_slot"):
        make_refresh(query)


def test_a_refresh_has_a_length(query: Query) -> None:
    with pytest.raises(IntegrityError, match="refresh_has_a_length"):
        make_refresh(query, until=NOON - timedelta(hours=1))
