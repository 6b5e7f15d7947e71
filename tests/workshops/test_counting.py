"""The whole hears that cards and people come to its groups and go: without what, or whose."""

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from mdd.models import Event, Topic, User
from tests.workshops.groups import lay, page_of, seat_of
from tests.workshops.posting import move, post
from workshops.actions import counting, workshops
from workshops.models import Card, Participant, Workshop

Committed = AbstractContextManager[object]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committed:
    """What is done within is committed at its end."""
    return django_capture_on_commit_callbacks(execute=True)


def told(whole: Workshop) -> list[Event]:
    return list(Event.objects.filter(topic=whole.topic, kind=counting.COUNTED))


def test_a_throw_is_told_without_its_words_and_its_author(
    as_mia: Client, whole: Workshop, group: Workshop, committed: Committed
) -> None:
    with committed:
        post(as_mia, "throw", group, text="Who calls?", seen="throw")

    assert [(event.payload, event.by, event.audience) for event in told(whole)] == [({}, "", "")]
    assert "1 card" in page_of(as_mia, whole)


@pytest.mark.parametrize("what", ["take-back-card", "reveal-cards", "reveal-next-cards"])
def test_so_is_what_changes_how_many_lie_there_or_lie_face_down(
    as_mia: Client, whole: Workshop, group: Workshop, mia_in: Participant, committed: Committed, what: str
) -> None:
    card = lay(group, mia_in, is_revealed=False)

    with committed:
        post(as_mia, what, group, *([card.pk] if what == "take-back-card" else []))

    assert len(told(whole)) == 1


def test_so_is_what_is_taken_back_by_undo(
    as_mia: Client, whole: Workshop, group: Workshop, committed: Committed
) -> None:
    thrown = uuid4()
    post(as_mia, "throw", group, text="Who calls?", seen="throw", operation=thrown)

    with committed:
        post(as_mia, "undo", group, of=thrown)

    assert not Card.objects.filter(workshop=group).exists()
    assert len(told(whole)) == 1


def test_so_is_who_comes_to_a_group_and_who_is_taken_out(
    as_mia: Client, whole: Workshop, group: Workshop, gus: Participant, ada: User, committed: Committed
) -> None:
    with committed:
        post(as_mia, "take-out", group, seat_of(group, gus).pk)
        workshops.join(group, user=ada)

    assert len(told(whole)) == 2


def test_a_workshop_that_is_no_group_tells_nobody(as_mia: Client, whole: Workshop, committed: Committed) -> None:
    with committed:
        post(as_mia, "throw", whole, text="Who calls?", seen="throw")

    assert not Event.objects.filter(kind=counting.COUNTED).exists()


def test_a_whole_that_has_gone_on_shows_no_groups_and_is_not_told(
    as_mia: Client, whole: Workshop, group: Workshop, committed: Committed
) -> None:
    move(whole, "prune")
    serial = Topic.objects.get(pk=whole.topic_id).serial

    with committed:
        post(as_mia, "throw", group, text="Who calls?", seen="throw")

    assert Topic.objects.get(pk=whole.topic_id).serial == serial
