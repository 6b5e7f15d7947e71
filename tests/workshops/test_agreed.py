"""Who agrees, what is said again, and what a later workshop keeps out of sight until the reveal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.actions import rewording, statements
from mdd.models import Customer, Deliverable, Expectation, Squad, User
from tests.builders import make_answer, make_expectation, make_squad
from tests.workshops import anonymous
from tests.workshops.posting import move, post, send, url
from workshops.actions import agreements, answers, workshops
from workshops.models import Agreement, Answer, Assent, Participant, Workshop


@pytest.fixture
def boards(squad: Squad, ada: User) -> Deliverable:
    """What the squad said before this workshop."""
    return statements.agree_deliverable(squad, text="Boards", by=ada)


def page(client: Client, workshop: Workshop) -> str:
    return client.get(workshop.get_absolute_url()).content.decode()


def agree(workshop: Workshop, by: Participant, text: str, **more: object) -> Agreement:
    wanted: dict[str, Any] = {"answers": [], "said": {"text": text, "is_critical": False}} | more
    agreements.agree(workshop, stage="deliver", by=by, operation=uuid4(), **wanted)
    return Agreement.objects.latest("pk")


def test_several_answers_become_one_statement_that_knows_them(as_ada: Client, workshop: Workshop, mia: User) -> None:
    picks = [make_answer(workshop, mia, text=text, is_revealed=True).pk for text in ("Boards", "Gates")]

    said = post(as_ada, "settle", workshop, "deliver", text="Boards and gates", pick=picks).content.decode()

    agreement = Agreement.objects.get()
    assert agreement.deliverable
    assert agreement.deliverable.text == "Boards and gates"
    assert set(agreement.answers.values_list("pk", flat=True)) == set(picks)
    assert "from 2 answers" in said


def test_everybody_says_for_themselves_whether_they_agree(
    as_mia: Client, workshop: Workshop, ada_in: Participant
) -> None:
    agreement = agree(workshop, ada_in, "Boards")

    said = post(as_mia, "assent", workshop, agreement.pk, is_agreed="on").content.decode()
    assert "2 agree: Ada, Mia" in said

    send(as_mia, "assent", workshop, agreement.pk, is_agreed="on")
    assert Assent.objects.count() == 2

    assert "1 agrees: Ada" in post(as_mia, "assent", workshop, agreement.pk).content.decode()


def test_in_an_anonymous_workshop_they_are_counted(as_mia: Client, squad: Squad, ada: User) -> None:
    workshop = anonymous.start(squad, ada)
    agreement = agree(workshop, workshop.participants.get(), "Boards")

    said = post(as_mia, "assent", workshop, agreement.pk, is_agreed="on").content.decode()

    assert "2 agree" in said
    assert "2 agree:" not in said


def test_what_was_said_before_is_not_shown_while_people_write(
    as_ada: Client, workshop: Workshop, boards: Deliverable
) -> None:
    said = page(as_ada, workshop)

    assert boards.text not in said
    assert "The squad has answered this before." in said
    assert "Agree on something" not in said


def test_it_is_shown_after_the_reveal(
    as_ada: Client, workshop: Workshop, ada_in: Participant, boards: Deliverable
) -> None:
    answers.reveal(workshop, stage="deliver", by=ada_in, operation=uuid4())

    said = page(as_ada, workshop)

    assert "Said before" in said
    assert boards.text in said


def test_alone_nothing_is_kept_out_of_sight(as_mia: Client, alone: Workshop, boards: Deliverable) -> None:
    assert boards.text in page(as_mia, alone)


def test_a_verdict_of_before_waits_for_the_opinions(
    as_ada: Client, as_mia: Client, workshop: Workshop, squad: Squad, ada: User
) -> None:
    expectation = make_expectation(squad, ada)
    statements.find(squad, expectation=expectation, verdict="met", by=ada, evidence="we asked them")
    move(workshop, "meeting")
    assert "we asked them" not in page(as_ada, workshop)
    assert "The board must find" not in page(as_ada, workshop)

    form = {"expectation": expectation.pk, "verdict": "unknown"}
    send(as_mia, "opine", workshop, expectation.pk, **form)
    said = post(as_ada, "reveal-opinions", workshop).content.decode()

    assert "we asked them" in said
    assert "Found before:" in said


def test_saying_it_again_doubles_nothing(as_ada: Client, workshop: Workshop, mia: User, boards: Deliverable) -> None:
    pick = make_answer(workshop, mia, text="Screens", is_revealed=True)

    send(as_ada, "say-again", workshop, "deliver", boards.pk, pick=pick.pk)

    assert Agreement.objects.get().deliverable == boards
    assert Answer.objects.get().state == "agreed"
    assert Deliverable.objects.count() == 1


def test_the_same_words_are_the_same_statement(workshop: Workshop, ada_in: Participant, boards: Deliverable) -> None:
    said = {"text": "boards", "is_critical": True}

    assert agree(workshop, ada_in, "boards", said=said).deliverable == boards

    boards.refresh_from_db()
    assert boards.is_critical


def test_the_same_words_with_other_links_are_a_rewording(
    workshop: Workshop, ada_in: Participant, ada: User, boards: Deliverable
) -> None:
    callers = make_expectation(workshop.squad, ada).customer
    said = {"text": "Callers", "deliverables": Deliverable.objects.filter(pk=boards.pk)}

    agreements.agree(workshop, stage="customers", answers=[], said=said, by=ada_in, operation=uuid4())

    callers.refresh_from_db()
    assert callers.superseded_by == Agreement.objects.get().customer
    assert Expectation.objects.get().customer == Customer.objects.in_force().get()


def test_what_was_reworded_meanwhile_is_not_said_again(
    as_ada: Client, workshop: Workshop, ada: User, boards: Deliverable
) -> None:
    rewording.reword_deliverable(boards, text="Big boards", by=ada)

    said = post(as_ada, "say-again", workshop, "deliver", boards.pk).content.decode()

    assert "Somebody has reworded it meanwhile" in said
    assert not Agreement.objects.exists()


def test_one_deliverable_is_the_most_critical(
    as_ada: Client, workshop: Workshop, ada_in: Participant, squad: Squad, ada: User
) -> None:
    statements.agree_deliverable(squad, text="Gates", is_critical=True, by=ada)
    agreement = agree(workshop, ada_in, "Boards")

    send(as_ada, "mark-critical", workshop, agreement.deliverable_id)

    assert [row.text for row in Deliverable.objects.filter(is_critical=True)] == ["Boards"]


def test_answers_are_revealed_one_by_one(as_ada: Client, workshop: Workshop, mia: User) -> None:
    for text in ("one", "two", "three"):
        make_answer(workshop, mia, text=text)

    for shown in (1, 2, 3):
        send(as_ada, "reveal-next", workshop, stage="deliver")
        assert Answer.objects.filter(is_revealed=True).count() == shown

    assert "Nothing lies face down" in post(as_ada, "reveal-next", workshop, stage="deliver").content.decode()


@pytest.mark.parametrize("route", ["reveal-next", "say-again", "mark-critical"])
def test_only_a_facilitator_does_that(as_mia: Client, workshop: Workshop, boards: Deliverable, route: str) -> None:
    addresses: dict[str, list[object]] = {"say-again": ["deliver", boards.pk], "mark-critical": [boards.pk]}
    more = addresses.get(route, [])

    said = post(as_mia, route, workshop, *more, stage="deliver").content.decode()

    assert "Only a facilitator can do that." in said


def test_another_squads_statement_does_not_exist(as_ada: Client, workshop: Workshop, eve: User) -> None:
    others = make_squad(name="Others")
    theirs = statements.agree_deliverable(others, text="Gates", by=eve)

    there = [url("say-again", workshop, "deliver", theirs.pk), url("mark-critical", workshop, theirs.pk)]

    assert [as_ada.post(each, {"operation": uuid4()}).status_code for each in there] == [404, 404]


def test_then_and_now_tells_what_is_new_said_again_and_not_said(
    as_mia: Client, squad: Squad, ada: User, boards: Deliverable
) -> None:
    gates = statements.agree_deliverable(squad, text="Gates", by=ada)
    workshop = workshops.start(squad, title="Autumn", path="whole", by=ada)
    leader = workshop.participants.get()
    there = reverse("workshops:then-and-now", args=[workshop.pk])
    assert gates.text not in as_mia.get(there).content.decode()

    answers.reveal(workshop, stage="deliver", by=leader, operation=uuid4())
    agree(workshop, leader, "Boards")
    agree(workshop, leader, "Notices")
    said = as_mia.get(there).content.decode()

    parts = [said.index(word) for word in ("New</h3>", "Notices", "Said again", "Boards", "Nobody said this", "Gates")]
    assert parts == sorted(parts)


def test_then_and_now_tells_which_verdict_changed(as_mia: Client, squad: Squad, ada: User) -> None:
    expectation = make_expectation(squad, ada)
    statements.find(squad, expectation=expectation, verdict="unknown", by=ada)
    workshop = workshops.start(squad, title="Autumn", path="whole", by=ada)
    said = {"verdict": "met", "evidence": "the log says so"}
    finding = expectation.findings.get()
    agreements.find(
        workshop, expectation=expectation, seen=finding.pk, said=said, by=workshop.participants.get(), operation=uuid4()
    )

    told = as_mia.get(reverse("workshops:then-and-now", args=[workshop.pk])).content.decode()

    parts = [told.index(word) for word in ("don&#x27;t know", "is now", "Met</span>", "the log says so")]
    assert parts == sorted(parts)
