"""What was on its way while somebody closed the workshop is given back, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.db.models import Model
from django.test import Client

from mdd.live import key_of
from mdd.models import Event, Squad, User
from tests.builders import make_answer, make_expectation
from tests.races import race
from tests.workshops import anonymous
from tests.workshops import builders_focus as builders
from tests.workshops.voting import url, words
from workshops.actions import (
    agreements,
    answers,
    cards,
    confidence,
    focus,
    guessing,
    keeps,
    opinions,
    undoing,
    workshops,
)
from workshops.actions.refusals import TooLate
from workshops.models import Answer, Card, Confidence, Consent, Guess, Keep, Opinion, Participant, Vote, Workshop
from workshops.thoughts import Thought

KINDS: tuple[type[Model], ...] = (Answer, Card, Confidence, Consent, Guess, Keep, Opinion, Vote)
THOUGHTS = [Thought("Who waits?", Card.Kind.QUESTION)]
THROWN: dict[str, Any] = {"thoughts": THOUGHTS, "expectation": None, "is_hidden": True}
Write = Callable[..., object]


def writes(workshop: Workshop, me: Participant) -> dict[str, Write]:
    """What leaves somebody's words, by what they do."""
    bucket = builders.make_finalists(workshop, 1)[0]
    settled: dict[str, Any] = {"text": "Who calls?", "kind": "question", "expectation": None}
    card = builders.make_card(workshop, state="thrown")
    answer = make_answer(workshop, me.member, text="Boards")
    expectation = make_expectation(workshop.squad, me.member)
    said: dict[str, Any] = {"expectation": expectation, "verdict": "met", "evidence": "seen"}
    phrasing = focus.Phrasing("Do they call?", "", "call them")
    found = {"verdict": "met", "evidence": "seen"}
    return {
        "throw": partial(cards.throw, workshop, **THROWN),
        "reword a card": partial(cards.reword, card, **settled),
        "judge": partial(keeps.judge, card, value="keep", reason=""),
        "dot": partial(focus.dot, bucket, change=1),
        "consent": partial(focus.consent, bucket, value="fine", text="", seen=bucket.stamp),
        "phrase": partial(focus.phrase, bucket, wanted=phrasing, seen=bucket.stamp),
        "guess": partial(guessing.guess, bucket, value=40),
        "answer": partial(answers.write, workshop, stage="deliver", texts=["Meals"]),
        "reword an answer": partial(answers.reword, workshop, answer=answer.pk, text="Displays"),
        "opine": partial(opinions.say, workshop, **said),
        "say how sure": partial(confidence.say, workshop, value=4),
        "agree": partial(agreements.agree, workshop, stage="deliver", answers=[], said={"text": "Boards"}),
        "find": partial(agreements.find, workshop, expectation=expectation, seen=0, said=found),
        "undo": partial(undoing.undo, workshop, of=uuid4()),
        "redo": partial(undoing.redo, workshop, of=uuid4()),
    }


WAYS = (
    "throw",
    "reword a card",
    "judge",
    "dot",
    "consent",
    "phrase",
    "guess",
    "answer",
    "reword an answer",
    "opine",
    "say how sure",
    "agree",
    "find",
    "undo",
    "redo",
)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_written_that_comes_after_the_close(workshop: Workshop, mia_in: Participant, way: str) -> None:
    write = writes(workshop, mia_in)[way]
    Workshop.objects.filter(pk=workshop.pk).update(state="closed", join_code=None)
    before = [list(kind._default_manager.values()) for kind in KINDS]

    with pytest.raises(TooLate, match="This workshop is closed"):
        write(by=mia_in, operation=uuid4())

    assert [list(kind._default_manager.values()) for kind in KINDS] == before


@pytest.mark.django_db(transaction=True)
def test_a_card_that_waits_for_the_close_leaves_no_author(squad: Squad, ada: User) -> None:
    workshop = anonymous.start(squad, ada)
    leader = workshop.participants.select_related("user").get()
    close = partial(workshops.change_state, workshop, to=Workshop.State.CLOSED, by=leader, operation=uuid4())

    second = race(close, partial(cards.throw, workshop, **THROWN, by=leader, operation=uuid4()))

    assert isinstance(second.exception(), TooLate)
    assert not Card.objects.exists()
    assert not Event.objects.filter(kind="cards-thrown").exists()


def test_words_that_wait_for_the_close_are_given_back(as_mia: Client, mia: User, focusing: Workshop) -> None:
    bucket = builders.make_finalists(focusing, 1)[0]

    with mock.patch.object(focus, "phrase", side_effect=TooLate("This workshop rests.")):
        answer = as_mia.post(url("phrase", focusing, bucket.pk), words(bucket), headers={"MDD-Person": key_of(mia)})

    assert (answer.status_code, answer.content.decode()) == (410, "This workshop rests.")
