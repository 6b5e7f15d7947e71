"""The log: one operation is one event, and serials follow each other in the order of the commits."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from mdd import live
from mdd.models import Event, Topic, User
from tests import builders
from tests.races import race


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(key=f"topic:{uuid4()}")


def say(topic: Topic, operation: UUID, by: User) -> bool:
    """An action in the shape of all of them; says whether it did something."""
    if not live.is_new(topic, operation):
        return False
    live.record(topic, "said", operation=operation, by=by)
    return True


def test_events_count_on_from_one(topic: Topic, mia: User) -> None:
    for _ in range(3):
        live.record(topic, "said", operation=uuid4(), by=mia)

    assert list(topic.events.order_by("pk").values_list("serial", flat=True)) == [1, 2, 3]
    topic.refresh_from_db()
    assert topic.serial == 3


def test_an_event_names_who_did_it_by_a_key_only(topic: Topic, mia: User) -> None:
    event = live.record(topic, "said", operation=uuid4(), by=mia, payload={"card": 7}, audience=mia)

    assert (event.by, event.audience, event.payload) == (f"user:{mia.pk}", f"user:{mia.pk}", {"card": 7})


@pytest.mark.django_db
def test_an_operation_sent_twice_happens_once(topic: Topic, mia: User) -> None:
    operation = uuid4()

    with transaction.atomic():
        done = [say(topic, operation, mia), say(topic, operation, mia)]

    assert done == [True, False]
    assert topic.events.count() == 1


def test_what_is_rolled_back_leaves_no_hole(topic: Topic, mia: User) -> None:
    with transaction.atomic():
        live.record(topic, "said", operation=uuid4(), by=mia)
        transaction.set_rollback(True)

    assert live.record(topic, "said", operation=uuid4(), by=mia).serial == 1


@pytest.mark.django_db(transaction=True)
def test_an_operation_sent_twice_at_once_happens_once() -> None:
    topic, mia, operation = Topic.objects.create(key="both"), builders.make_user(), uuid4()

    second = race(lambda: say(topic, operation, mia), lambda: say(topic, operation, mia))

    assert second.result() is False
    assert Event.objects.filter(topic=topic).count() == 1


@pytest.mark.django_db(transaction=True)
def test_serials_are_committed_in_their_order() -> None:
    topic, mia = Topic.objects.create(key="order"), builders.make_user()

    second = race(lambda: say(topic, uuid4(), mia), lambda: say(topic, uuid4(), mia))

    assert second.result() is True
    assert list(topic.events.order_by("serial").values_list("serial", flat=True)) == [1, 2]


@pytest.mark.parametrize("change", ["update mdd_event set kind = 'other'", "delete from mdd_event"])
def test_the_log_is_append_only(topic: Topic, mia: User, change: str) -> None:
    live.record(topic, "said", operation=uuid4(), by=mia)

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)
