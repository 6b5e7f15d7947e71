"""After the close of an anonymous workshop, no table leads from a person to what they wrote or how they judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from mdd.models import Event, Squad, User
from tests.builders import make_expectation
from tests.workshops import anonymous
from tests.workshops.builders_focus import make_bucket
from workshops.actions import agreements, answers, cards, focus, keeps, opinions, workshops
from workshops.models import Answer, Bucket, Card, Consent, Keep, Opinion, Participant, Stage, Workshop
from workshops.thoughts import Thought

MARK = "quiet-spaghetti"
WRITERS = ("Answer", "Card", "CardWording", "Consent", "Keep", "Opinion", "Vote", "Assent")


@pytest.fixture
def closed(squad: Squad, ada: User) -> Workshop:
    """Five people have gone through all of it."""
    workshop = anonymous.start(squad, ada)
    leader = workshop.participants.get()
    everybody = [leader, *anonymous.people(workshop)]
    answer(workshop, leader, everybody)
    think(workshop, leader, everybody)
    throw(workshop, leader, everybody)
    choose(workshop, leader, everybody)
    workshops.change_state(workshop, to=Workshop.State.CLOSED, by=leader, operation=uuid4(), dropped=9)
    return workshop


def answer(workshop: Workshop, leader: Participant, everybody: list[Participant]) -> None:
    for person in everybody:
        anonymous.write(workshop, person, f"{MARK} answer of {person.pk}", f"{MARK} more of {person.pk}")
    answers.reveal(workshop, stage="deliver", by=leader, operation=uuid4())
    anonymous.write(workshop, everybody[1], f"{MARK} late")
    said = {"text": "Departures", "is_critical": True}
    picks = Answer.objects.filter(is_revealed=True).values_list("pk", flat=True)[:2]
    agreements.agree(workshop, stage="deliver", answers=list(picks), said=said, by=leader, operation=uuid4())


def think(workshop: Workshop, leader: Participant, everybody: list[Participant]) -> None:
    expectation = make_expectation(workshop.squad, leader.member)
    for person in everybody:
        evidence = f"{MARK} opinion of {person.pk}"
        opinions.say(workshop, expectation=expectation, verdict="met", evidence=evidence, by=person, operation=uuid4())
    opinions.reveal(workshop, by=leader, operation=uuid4())


def throw(workshop: Workshop, leader: Participant, everybody: list[Participant]) -> None:
    for person in everybody:
        thoughts = [Thought(f"{MARK} card of {person.pk}", Card.Kind.QUESTION)]
        cards.throw(workshop, thoughts=thoughts, expectation=None, is_hidden=True, by=person, operation=uuid4())
    cards.reveal(workshop, by=leader, operation=uuid4())
    first = Card.objects.order_by("pk")[0]
    cards.reword(first, text=f"{MARK} reworded", kind="metric", expectation=None, by=everybody[2], operation=uuid4())
    for person in everybody:
        keeps.judge(first, value="keep", reason="", by=person, operation=uuid4())
    keeps.settle(workshop, bucket=None, by=leader, operation=uuid4())


def choose(workshop: Workshop, leader: Participant, everybody: list[Participant]) -> None:
    bucket = make_bucket(workshop)
    Card.objects.survivors().update(bucket=bucket)
    for person in everybody:
        focus.dot(bucket, change=1, by=person, operation=uuid4())
    focus.reveal_dots(workshop, is_revealed=True, by=leader, operation=uuid4())
    for person in everybody:
        focus.consent(
            bucket,
            value="concern",
            text=f"{MARK} worry of {person.pk}",
            seen=bucket.stamp,
            by=person,
            operation=uuid4(),
        )
    focus.reveal_consents(bucket, is_revealed=True, by=leader, operation=uuid4())


def dump() -> Iterator[tuple[type[Model], dict[str, object]]]:
    """Every row of every table of ours."""
    for app in ("mdd", "metrics", "workshops"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            for row in model._default_manager.values():
                yield model, row


def people_in(model: type[Model], row: dict[str, object]) -> set[object]:
    """What in a row leads to a person: a key to one, or the name that the log has for one."""
    to_people = {
        field.attname
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model in {User, Participant}
    }
    keys = {row[name] for name in to_people if row[name] is not None}
    return keys | set(re.findall(r"(?:user|guest):\d+", str(row)))


@pytest.mark.usefixtures("closed")
def test_no_row_with_a_text_leads_to_a_person() -> None:
    told = [(model.__name__, people_in(model, row)) for model, row in dump() if MARK in str(row)]

    assert {name for name, _people in told} == {"Answer", "Opinion", "Card", "CardWording", "Consent"}
    assert [name for name, people in told if people] == []


@pytest.mark.usefixtures("closed")
def test_no_judgement_leads_to_a_person() -> None:
    rows = [(model.__name__, people_in(model, row)) for model, row in dump() if model.__name__ in WRITERS]

    assert {name for name, _people in rows} == set(WRITERS)
    assert [name for name, people in rows if people] == []


def test_the_log_keeps_what_happened_and_forgets_who_and_when(closed: Workshop) -> None:
    events = Event.objects.filter(topic=closed.topic)

    assert set(events.values_list("by", "audience")) == {("", "")}
    assert all(is_coarse(at) for at in events.values_list("at", flat=True))
    assert events.filter(kind="workshop-closed").exists()


@pytest.mark.usefixtures("closed")
def test_no_time_of_a_row_is_finer_than_an_hour() -> None:
    fine = [model.__name__ for model, row in dump() if model.__name__ in WRITERS and not is_coarse(row["at"])]

    assert fine == []


def is_coarse(at: object) -> bool:
    assert isinstance(at, datetime)
    return (at.minute, at.second, at.microsecond) == (0, 0, 0)


def test_the_log_never_joins_a_person_with_rows_that_still_exist(closed: Workshop) -> None:
    """Who joins does so with their first word: the event beside it must not name what they wrote."""
    kinds = ("answers-written", "cards-thrown", "opinion-said", "card-judged", "dot-placed", "consent-given")
    payloads = Event.objects.filter(topic=closed.topic, kind__in=kinds).values_list("payload", flat=True)

    assert {tuple(sorted(payload)) for payload in payloads} == {(), ("count", "stage")}


def test_what_was_never_revealed_is_gone_and_the_rest_is_counted(closed: Workshop) -> None:
    assert not Answer.objects.filter(text__contains="late").exists()
    assert Answer.objects.count() == 10
    assert (Opinion.objects.count(), Keep.objects.count(), Consent.objects.count()) == (5, 5, 5)


@pytest.fixture
def judged(squad: Squad, ada: User) -> Card:
    """A card that lies face down, and that its author has judged as one once could."""
    workshop = anonymous.start(squad, ada)
    leader = workshop.participants.get()
    card = Card.objects.create(workshop=workshop, participant=leader, text=MARK)
    Keep.objects.create(card=card, participant=leader, value="keep")
    return card


def test_a_verdict_on_what_lies_face_down_does_not_hold_up_the_close(judged: Card) -> None:
    leader = judged.workshop.participants.get()

    workshops.change_state(judged.workshop, to=Workshop.State.CLOSED, by=leader, operation=uuid4(), dropped=1)

    assert (Card.objects.count(), Keep.objects.count()) == (0, 0)


def test_a_verdict_on_what_lies_face_down_does_not_hold_up_the_reveal(judged: Card) -> None:
    leader = judged.workshop.participants.get()

    cards.reveal(judged.workshop, by=leader, operation=uuid4(), is_sure=True)

    assert (Card.objects.get().is_revealed, Keep.objects.count()) == (True, 0)


def test_a_verdict_on_what_lies_face_down_does_not_hold_it_on_the_board(judged: Card) -> None:
    leader = judged.workshop.participants.get()

    cards.take_back(judged.workshop, card=judged.pk, by=leader, operation=uuid4())

    assert not Card.objects.exists()


def test_a_named_workshop_forgets_nothing(workshop: Workshop, ada_in: Participant) -> None:
    anonymous.write(workshop, ada_in, "Boards")

    workshops.change_state(workshop, to=Workshop.State.CLOSED, by=ada_in, operation=uuid4())

    assert Answer.objects.get().participant == ada_in
    assert Event.objects.filter(by__startswith="user:").exists()


def test_asking_again_begins_afresh(squad: Squad, ada: User) -> None:
    workshop = anonymous.start(squad, ada)
    leader = workshop.participants.get()
    throw(workshop, leader, [leader, *anonymous.people(workshop)])
    Workshop.objects.filter(pk=workshop.pk).update(stage=Stage.FOCUS)
    choose(workshop, leader, list(workshop.participants.all()))
    bucket = Bucket.objects.get(pk=Consent.objects.values("bucket")[:1])

    focus.reveal_consents(bucket, is_revealed=False, by=leader, operation=uuid4())
    focus.consent(bucket, value="fine", text="", seen=bucket.stamp, by=leader, operation=uuid4())

    assert Consent.objects.count() == 1
