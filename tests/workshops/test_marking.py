"""Marks: worked out once by a worker, after a card is revealed or says something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from mdd.celery import app
from mdd.models import Event, Squad, User
from tests.races import alone
from tests.workshops.boards import make_card, make_workshop, page_of, place_of, send
from workshops import suggestions, tasks
from workshops.actions import cards, marking, workshops
from workshops.models import Card, Comparison, Mark, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada)


@pytest.fixture
def alike(workshop: Workshop, ada: User) -> tuple[Card, Card]:
    make_card(workshop, ada, "Colour of the office walls")
    return make_card(workshop, ada, "Open bugs"), make_card(workshop, ada, "Bugs that are open")


def marked() -> set[tuple[str, str]]:
    return {(mark.card.text, mark.other.text) for mark in Mark.objects.select_related("card", "other")}


BOTH = {("Open bugs", "Bugs that are open"), ("Bugs that are open", "Open bugs")}


def test_cards_that_say_nearly_the_same_bear_a_mark(
    as_mia: Client, workshop: Workshop, alike: tuple[Card, Card]
) -> None:
    tasks.mark(workshop.pk)

    assert marked() == BOTH
    page = page_of(as_mia, workshop)
    assert page.count("1 like this") == 2
    assert f'href="#card-{alike[0].pk}"' in page


def test_marks_are_worked_out_once(workshop: Workshop, alike: tuple[Card, Card]) -> None:
    tasks.mark(workshop.pk)

    with mock.patch.object(suggestions, "pairs", side_effect=AssertionError("worked out again")):
        tasks.mark(workshop.pk)

    assert Event.objects.filter(kind="cards-marked").count() == 1


def meanwhile(act: Callable[[], object]) -> Any:
    """Compare as ever, and let somebody act before it is done. Who has to wait for it gives up."""
    compare = suggestions.pairs

    def soon() -> None:
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '3s'")
        act()

    def pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(alone, soon).result(timeout=20)
        return compare(texts)

    return mock.patch.object(suggestions, "pairs", pairs)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_cards_are_compared(workshop: Workshop, ada: User, alike: tuple[Card, Card]) -> None:
    leader = place_of(workshop, ada)
    rest = partial(workshops.change_state, workshop, to=Workshop.State.PAUSED, by=leader, operation=uuid4())

    with meanwhile(rest):
        marking.mark(workshop.pk)

    workshop.refresh_from_db()
    assert (workshop.state, marked()) == ("paused", BOTH)


@pytest.mark.django_db(transaction=True)
def test_what_cards_do_not_say_any_more_is_compared_anew(
    workshop: Workshop, ada: User, alike: tuple[Card, Card]
) -> None:
    with meanwhile(lambda: reword(alike[0], "What do customers pay?", ada)):
        marking.mark(workshop.pk)
    assert (marked(), Comparison.objects.count()) == (set(), 0)

    marking.mark(workshop.pk)

    assert (marked(), Comparison.objects.count()) == (set(), 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_compare_at_once_one_writes(workshop: Workshop, alike: tuple[Card, Card]) -> None:
    with meanwhile(lambda: keep_as_compared(workshop)):
        marking.mark(workshop.pk)

    assert Event.objects.filter(kind="cards-marked").count() == 1


def keep_as_compared(workshop: Workshop) -> None:
    words = marking.words_on(workshop)
    one, other = [pk for pk, text in words.items() if "ugs" in text]
    marking.keep(workshop, words, {(one, other), (other, one)})


def test_what_lies_face_down_is_compared_with_nothing(workshop: Workshop, ada: User, alike: tuple[Card, Card]) -> None:
    Card.objects.filter(pk=alike[0].pk).update(is_revealed=False)

    tasks.mark(workshop.pk)

    assert marked() == set()
    assert not Comparison.objects.filter(card=alike[0]).exists()


def test_a_new_wording_has_new_marks(workshop: Workshop, ada: User, alike: tuple[Card, Card]) -> None:
    tasks.mark(workshop.pk)
    reword(alike[0], "What do customers pay?", ada)

    tasks.mark(workshop.pk)

    assert marked() == set()


def test_an_unrelated_card_changes_no_mark_and_tells_nobody(
    workshop: Workshop, ada: User, alike: tuple[Card, Card]
) -> None:
    tasks.mark(workshop.pk)
    before = set(Mark.objects.values_list("pk", flat=True))
    make_card(workshop, ada, "Do customers come back?")

    tasks.mark(workshop.pk)

    assert set(Mark.objects.values_list("pk", flat=True)) == before
    assert Event.objects.filter(kind="cards-marked").count() == 1


def test_a_parked_card_bears_no_mark_until_it_is_back(
    as_mia: Client, workshop: Workshop, alike: tuple[Card, Card]
) -> None:
    tasks.mark(workshop.pk)
    Card.objects.filter(pk=alike[0].pk).update(state="parked", reason="later")

    assert "like this" not in page_of(as_mia, workshop)


def test_revealing_throwing_open_and_rewording_tell_a_worker_after_the_commit(
    as_ada: Client,
    workshop: Workshop,
    ada: User,
    alike: tuple[Card, Card],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with mock.patch.object(marking, "send") as sent, django_capture_on_commit_callbacks(execute=True):
        send(as_ada, workshop, "reveal-cards")
        send(as_ada, workshop, "throw", text="Bugs", seen="group")
        reword(alike[0], "Bugs", ada)

    assert sent.call_args_list == [mock.call("workshops.mark", [workshop.pk], queue="interactive")] * 3


def test_nobody_waits_for_the_comparison(as_ada: Client, workshop: Workshop) -> None:
    with mock.patch.object(suggestions, "pairs", side_effect=AssertionError("in the request")):
        send(as_ada, workshop, "throw", text="Bugs\nOpen bugs", seen="group")

    assert Card.objects.uncompared().count() == 2


def test_the_sweep_finds_what_no_worker_heard_of(workshop: Workshop, alike: tuple[Card, Card]) -> None:
    tasks.sweep()

    assert marked() == BOTH


def test_a_sweep_with_nothing_to_do_asks_one_question(
    workshop: Workshop, alike: tuple[Card, Card], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tasks.sweep()

    with django_assert_num_queries(1):
        tasks.sweep()


def test_beat_sweeps_where_people_wait() -> None:
    entry: dict[str, Any] = app.conf.beat_schedule["sweep"]

    assert (entry["task"], entry["options"]["queue"]) == ("workshops.sweep", "interactive")


def test_the_page_asks_no_question_for_each_mark(
    as_mia: Client, workshop: Workshop, ada: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place_of(workshop, ada)
    for number in range(12):
        make_card(workshop, ada, f"Open bugs {number}")
    tasks.mark(workshop.pk)
    page_of(as_mia, workshop)

    with django_assert_max_num_queries(45):
        assert "2 like this" in page_of(as_mia, workshop)


def reword(card: Card, text: str, by: User) -> None:
    me = place_of(card.workshop, by)
    cards.reword(card, text=text, kind=card.kind, expectation=None, by=me, operation=uuid4())
