"""In an anonymous workshop nothing leads from a person to their words: neither a page nor a row."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests.builders import make_expectation
from tests.workshops import anonymous
from tests.workshops.posting import move, post, send
from workshops.actions import answers, cards, opinions, workshops
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Answer, Card, Opinion, Participant, Workshop
from workshops.thoughts import Thought


@pytest.fixture
def secret(squad: Squad, ada: User) -> Workshop:
    return anonymous.start(squad, ada)


@pytest.fixture
def leader(secret: Workshop, ada: User) -> Participant:
    return secret.participants.get(user=ada)


@pytest.mark.parametrize(("path", "said"), [("whole", True), ("alone", False)])
def test_it_is_chosen_at_the_start_and_alone_there_is_nothing_to_hide(
    as_mia: Client, squad: Squad, path: str, said: bool
) -> None:
    form = {"title": "Spring", "path": path, "is_anonymous": "on", "operation": uuid4()}

    as_mia.post(reverse("workshops:start", args=[squad.slug]), form)

    assert Workshop.objects.get().is_anonymous is said


def test_the_room_says_so(as_ada: Client, secret: Workshop) -> None:
    assert "nobody learns whose it was" in as_ada.get(secret.get_absolute_url()).content.decode()


def test_revealing_makes_other_rows_of_what_was_written(secret: Workshop, leader: Participant) -> None:
    for number, person in enumerate(anonymous.people(secret)):
        anonymous.write(secret, person, f"a{number}", f"b{number}")
    before = set(Answer.objects.values_list("pk", flat=True))

    answers.reveal(secret, stage="deliver", by=leader, operation=uuid4())

    rows = Answer.objects.all()
    assert len(rows) == 8
    assert not before & {row.pk for row in rows}
    assert {row.participant for row in rows} == {None}
    assert {(row.at.minute, row.at.second, row.at.microsecond) for row in rows} == {(0, 0, 0)}


def test_neither_the_numbers_nor_the_page_keep_the_order_of_writing(
    as_ada: Client, secret: Workshop, leader: Participant
) -> None:
    texts = [f"answer-{number:02}" for number in range(30)]
    for person, number in zip(anonymous.people(secret), range(0, 30, 8), strict=True):
        anonymous.write(secret, person, *texts[number : number + 8])

    answers.reveal(secret, stage="deliver", by=leader, operation=uuid4())

    page = as_ada.get(secret.get_absolute_url()).content.decode()
    assert list(Answer.objects.order_by("pk").values_list("text", flat=True)) != texts
    assert sorted(texts, key=page.index) != texts


@pytest.mark.parametrize("writers", [1, 3])
def test_few_writers_are_warned_of(secret: Workshop, leader: Participant, writers: int) -> None:
    for person in anonymous.people(secret, writers):
        anonymous.write(secret, person, "one", "two")

    with pytest.raises(Refused, match=f"Only {writers} "):
        answers.reveal(secret, stage="deliver", by=leader, operation=uuid4())

    assert not Answer.objects.filter(is_revealed=True).exists()


def test_four_writers_are_enough(secret: Workshop, leader: Participant) -> None:
    for person in anonymous.people(secret, 4):
        anonymous.write(secret, person, "one", "two")

    answers.reveal(secret, stage="deliver", by=leader, operation=uuid4())

    assert Answer.objects.filter(is_revealed=True).count() == 8


def test_the_page_warns_first_and_then_lets_one_go_on(as_ada: Client, secret: Workshop) -> None:
    anonymous.write(secret, anonymous.people(secret, 1)[0], "one")

    page = as_ada.get(secret.get_absolute_url()).content.decode()
    assert "Only 1 person has written" in page
    assert "Reveal all anyway" in page

    assert "Only 1 person" in post(as_ada, "reveal", secret, stage="deliver").content.decode()
    send(as_ada, "reveal", secret, stage="deliver", is_sure="on")
    assert Answer.objects.get().is_revealed


def test_revealing_one_cuts_all_of_them_loose(secret: Workshop, leader: Participant) -> None:
    for person in anonymous.people(secret):
        anonymous.write(secret, person, "one")

    answers.reveal_next(secret, stage="deliver", by=leader, operation=uuid4())

    assert Answer.objects.filter(is_revealed=True).count() == 1
    assert not Answer.objects.exclude(participant=None).exists()


def test_until_then_an_author_may_change_and_take_back(as_mia: Client, secret: Workshop, mia: User) -> None:
    anonymous.write(secret, workshops.join(secret, user=mia), "one")
    answer = Answer.objects.get()

    send(as_mia, "reword-answer", secret, answer.pk, text="One of them")
    answer.refresh_from_db()
    assert answer.text == "One of them"

    send(as_mia, "take-back", secret, answer.pk)
    assert not Answer.objects.exists()


def test_a_late_opinion_would_be_known_by_its_coming_late(secret: Workshop, leader: Participant, mia: User) -> None:
    expectation = make_expectation(secret.squad, mia)
    say = partial(opinions.say, secret, expectation=expectation, verdict="met", evidence="seen")
    for person in anonymous.people(secret):
        say(by=person, operation=uuid4())
    opinions.reveal(secret, by=leader, operation=uuid4())

    with pytest.raises(TooLate, match="say it aloud"):
        say(by=leader, operation=uuid4())

    assert [each.participant for each in Opinion.objects.filter(is_revealed=True)] == [None] * 4


def test_a_card_thrown_for_all_to_see_has_no_author(as_mia: Client, secret: Workshop) -> None:
    move(secret, "group")

    page = post(as_mia, "throw", secret, text="Why do they wait?", kind="", seen="group").content.decode()

    assert Card.objects.get().participant is None
    assert "Why do they wait?" in page


def test_what_is_written_privately_is_in_the_log_without_a_name(secret: Workshop, mia: User) -> None:
    person = workshops.join(secret, user=mia)
    since = Event.objects.latest("serial").serial
    anonymous.write(secret, person, "one")
    thought = Thought("Why?", Card.Kind.QUESTION)
    cards.throw(secret, thoughts=[thought], expectation=None, is_hidden=True, by=person, operation=uuid4())

    told = Event.objects.filter(serial__gt=since).order_by("serial").values_list("by", "audience", "payload")

    assert list(told) == [("", "", {"stage": "deliver", "count": 1}), ("", "", {})]


def test_closing_says_first_what_it_drops(as_ada: Client, secret: Workshop) -> None:
    anonymous.write(secret, anonymous.people(secret, 1)[0], "one", "two")
    move(secret, "wrap-up")

    page = as_ada.get(secret.get_absolute_url()).content.decode()
    assert "2 things still lie face down" in page
    post(as_ada, "change-state", secret, to="closed")
    assert Answer.objects.count() == 2

    send(as_ada, "change-state", secret, to="closed", dropped=2)
    secret.refresh_from_db()
    assert secret.state == "closed"
    assert not Answer.objects.exists()
