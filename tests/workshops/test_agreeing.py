"""Stages 1 to 3: from answers to lasting statements."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import key_of
from mdd.models import Customer, Deliverable, Event, Expectation, Squad, User
from tests.builders import make_answer, make_expectation
from tests.workshops.posting import move, post, send, url
from workshops.models import Answer, Workshop


def test_what_is_ticked_becomes_the_words_of_the_form(as_ada: Client, workshop: Workshop, mia: User) -> None:
    picks = [make_answer(workshop, mia, text=text, is_revealed=True).pk for text in ("Boards", "Gates")]

    page = as_ada.get(workshop.get_absolute_url(), {"pick": picks}).content.decode()

    assert 'value="Boards; Gates"' in page
    assert all(f'<input type="hidden" name="pick" value="{pk}">' in page for pk in picks)


def test_what_several_have_said_alike_is_said_once(as_ada: Client, workshop: Workshop, mia: User) -> None:
    picks = [make_answer(workshop, mia, text="Boards", is_revealed=True).pk for _ in range(2)]

    page = as_ada.get(workshop.get_absolute_url(), {"pick": picks}).content.decode()

    assert 'value="Boards"' in page


def test_who_agrees_with_nothing_ticked_finds_the_words_in_the_open_form(
    as_ada: Client, workshop: Workshop, mia: User
) -> None:
    make_answer(workshop, mia, text="Boards", is_revealed=True)
    address = workshop.get_absolute_url()

    pages = [as_ada.get(address, query).content.decode() for query in ({}, {"agree": ""})]

    assert ['<details class="settle" open>' in page for page in pages] == [False, True]
    assert ["Nothing is ticked." in page for page in pages] == [False, True]


def test_answers_become_a_deliverable(as_ada: Client, workshop: Workshop, mia: User) -> None:
    picks = [make_answer(workshop, mia, text=text, is_revealed=True).pk for text in ("Boards", "Gates")]

    page = post(as_ada, "settle", workshop, "deliver", pick=picks, text="True boards", is_critical="on")

    made = Deliverable.objects.get()
    assert (made.text, made.is_critical) == ("True boards", True)
    assert set(Answer.objects.values_list("state", flat=True)) == {"agreed"}
    assert Event.objects.get(kind="statement-agreed").payload["answers"] == picks
    assert "True boards" in page.content.decode()


def test_a_customer_is_linked_to_deliverables(as_ada: Client, workshop: Workshop, squad: Squad, ada: User) -> None:
    move(workshop, "customers")
    delivered = Deliverable.objects.create(squad=squad, text="Boards", by=ada)

    send(as_ada, "settle", workshop, "customers", text="Guests", deliverables=[delivered.pk])

    assert list(Customer.objects.get().deliverables.all()) == [delivered]


def test_an_expectation_has_a_kind(as_ada: Client, workshop: Workshop, squad: Squad, ada: User) -> None:
    move(workshop, "expectations")
    other = make_expectation(squad, ada)
    said = {"customer": other.customer_id, "deliverable": other.deliverable_id, "kind": "quality"}

    send(as_ada, "settle", workshop, "expectations", text="Readable", **said)

    made = Expectation.objects.get(text="Readable")
    assert (made.kind, made.is_measurable) == ("quality", False)


def test_a_bad_statement_is_asked_again_with_what_was_picked(as_ada: Client, workshop: Workshop, mia: User) -> None:
    pick = make_answer(workshop, mia, text="Boards", is_revealed=True).pk

    response = post(as_ada, "settle", workshop, "deliver", pick=pick, text="z" * 201)

    page = response.content.decode()
    assert response.status_code == 422
    assert "z" * 201 in page
    assert f'<input type="hidden" name="pick" value="{pick}">' in page
    assert Answer.objects.get().state == "open"


def test_agreeing_twice_agrees_once(as_ada: Client, workshop: Workshop, mia: User) -> None:
    said = {"pick": make_answer(workshop, mia, text="Boards", is_revealed=True).pk, "text": "Boards"}
    operation = uuid4()

    pages = [post(as_ada, "settle", workshop, "deliver", operation=operation, **said) for _ in range(2)]

    assert Deliverable.objects.count() == 1
    assert "meanwhile" not in pages[1].content.decode()


def test_the_second_of_two_facilitators_is_told(as_ada: Client, workshop: Workshop, mia: User) -> None:
    pick = make_answer(workshop, mia, text="Boards", is_revealed=True).pk
    send(as_ada, "settle", workshop, "deliver", pick=pick, text="Boards")

    page = post(as_ada, "settle", workshop, "deliver", pick=pick, text="Displays").content.decode()

    assert "Somebody has settled one of these answers meanwhile." in page
    assert Deliverable.objects.get().text == "Boards"


def test_a_statement_that_was_outrun_is_asked_again_and_may_be_sent_without_that_answer(
    as_ada: Client, workshop: Workshop, mia: User
) -> None:
    taken, free = (make_answer(workshop, mia, text=text, is_revealed=True) for text in ("Boards", "Displays"))
    send(as_ada, "settle", workshop, "deliver", pick=taken.pk, text="Boards")

    answer = post(as_ada, "settle", workshop, "deliver", pick=[taken.pk, free.pk], text="Boards and displays")

    page = answer.content.decode()
    assert (answer.status_code, "Boards and displays" in page) == (422, True)
    assert (f'name="pick" value="{taken.pk}"' in page, f'name="pick" value="{free.pk}"' in page) == (False, True)


def test_a_statement_that_was_outrun_comes_back_where_its_stage_is_over(
    as_ada: Client, ada: User, workshop: Workshop, mia: User
) -> None:
    pick = make_answer(workshop, mia, text="Boards", is_revealed=True, state="aside").pk
    move(workshop, "customers")
    sent = {"pick": pick, "text": "Displays", "operation": uuid4()}

    answer = as_ada.post(url("settle", workshop, "deliver"), sent, headers={"MDD-Person": key_of(ada)})

    assert (answer.status_code, "meanwhile" in answer.content.decode()) == (410, True)


def test_what_is_hidden_cannot_be_agreed_on(as_ada: Client, workshop: Workshop, mia: User) -> None:
    pick = make_answer(workshop, mia, text="Boards").pk

    assert post(as_ada, "settle", workshop, "deliver", pick=pick, text="Guessed").status_code == 422

    assert not Deliverable.objects.exists()


def test_who_does_not_facilitate_does_not_agree(as_mia: Client, workshop: Workshop) -> None:
    page = post(as_mia, "settle", workshop, "deliver", text="Boards").content.decode()

    assert "Only a facilitator" in page
    assert not Deliverable.objects.exists()


@pytest.mark.parametrize("kind", ["meeting", "nonsense"])
def test_only_three_kinds_are_agreed_here(as_ada: Client, workshop: Workshop, kind: str) -> None:
    assert post(as_ada, "settle", workshop, kind, text="x").status_code == 404


def test_the_statement_of_another_squad_cannot_be_chosen(as_ada: Client, workshop: Workshop, eve: User) -> None:
    move(workshop, "customers")
    theirs = make_expectation(eve.memberships.get().squad, eve)

    response = post(as_ada, "settle", workshop, "customers", text="Guests", deliverables=[theirs.deliverable_id])

    assert response.status_code == 422


def test_alone_what_one_writes_is_agreed_at_once(as_mia: Client, alone: Workshop) -> None:
    page = as_mia.get(alone.get_absolute_url()).content.decode()
    assert "Reveal" not in page

    page = post(as_mia, "settle", alone, "deliver", text="Bags").content.decode()

    assert Deliverable.objects.get().text == "Bags"
    assert "Bags" in page


def test_alone_what_was_written_last_is_chosen(as_mia: Client, alone: Workshop, squad: Squad, mia: User) -> None:
    for text in ("Bags", "Boards"):
        last = Deliverable.objects.create(squad=squad, text=text, by=mia)
    move(alone, "customers")

    page = as_mia.get(alone.get_absolute_url())

    assert page.context["settle_form"].initial["deliverables"] == [last]
