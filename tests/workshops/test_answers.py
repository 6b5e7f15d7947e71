"""Stages 1 to 3: writing privately, and revealing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from mdd.live import key_of
from mdd.models import Event, User
from tests.builders import make_answer
from tests.workshops.posting import HTMX, move, post, send, told_after, url
from workshops.models import Answer, Participant, Workshop

HTML = "<script>alert(1)</script>"


def test_a_pasted_list_makes_many_answers(as_mia: Client, workshop: Workshop) -> None:
    page = post(as_mia, "write", workshop, stage="deliver", text="- Flights\n\n  • Times \nNews").content.decode()

    assert [answer.text for answer in Answer.objects.order_by("pk")] == ["Flights", "Times", "News"]
    assert "Yours, not revealed yet" in page
    assert Event.objects.get(kind="answers-written").payload == {"stage": "deliver", "count": 3}


def test_writing_works_with_htmx_too(as_mia: Client, workshop: Workshop) -> None:
    form = {"stage": "deliver", "text": "Flights", "operation": uuid4()}

    response = as_mia.post(url("write", workshop), form, headers=HTMX)

    assert response.status_code == 302
    assert Answer.objects.count() == 1


def test_sending_twice_writes_once(as_mia: Client, workshop: Workshop) -> None:
    form = {"stage": "deliver", "text": "Flights\nTimes", "operation": uuid4()}

    for _ in range(2):
        as_mia.post(url("write", workshop), form)

    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write something here."),
        ("fine\n" + "x" * 201, "at most 200 characters"),
        ("\n".join("abc" * 21), "At most 60 answers"),
        ("fine\n\u200b", "Write something that can be read."),
        ("fine\nab\u202ecd", "invisible character"),
    ],
)
def test_a_bad_answer_is_asked_again_and_kept(as_mia: Client, workshop: Workshop, text: str, sentence: str) -> None:
    response = post(as_mia, "write", workshop, stage="deliver", text=text)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert text[:100] in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize("text", ["🍝 👩‍🚀", "שלום עולם", "مرحبا", "Zürich – “quoted”"])
def test_every_script_can_be_written(as_mia: Client, workshop: Workshop, text: str) -> None:
    page = post(as_mia, "write", workshop, stage="deliver", text=text).content.decode()

    assert Answer.objects.get().text == text
    assert text in page


def test_html_is_shown_as_text(as_ada: Client, workshop: Workshop, mia: User) -> None:
    make_answer(workshop, mia, text=HTML, is_revealed=True)

    page = as_ada.get(workshop.get_absolute_url()).content.decode()

    assert HTML not in page
    assert "&lt;script&gt;" in page


def test_what_is_late_is_kept_for_its_stage(as_mia: Client, workshop: Workshop) -> None:
    move(workshop, "customers")

    page = post(as_mia, "write", workshop, stage="deliver", text="Flights").content.decode()

    assert Answer.objects.get().stage == "deliver"
    assert "the others have moved on" in page


def test_ones_own_hidden_answer_can_be_said_better(as_mia: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text="Flihgts")

    send(as_mia, "reword-answer", workshop, answer.pk, text="Flights")

    answer.refresh_from_db()
    assert answer.text == "Flights"


def test_a_bad_rewording_is_asked_again_and_kept(as_mia: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text="Flights")

    response = post(as_mia, "reword-answer", workshop, answer.pk, text="y" * 201)

    assert response.status_code == 422
    assert "y" * 201 in response.content.decode()


def test_ones_own_hidden_answer_can_be_taken_back_twice(as_mia: Client, workshop: Workshop, mia: User) -> None:
    answer, operation = make_answer(workshop, mia, text="Flights"), uuid4()

    pages = [post(as_mia, "take-back", workshop, answer.pk, operation=operation) for _ in range(2)]

    assert not Answer.objects.exists()
    assert "meanwhile" not in pages[1].content.decode()


@pytest.mark.parametrize("name", ["reword-answer", "take-back"])
def test_what_is_revealed_stays_as_it_is(as_mia: Client, workshop: Workshop, mia: User, name: str) -> None:
    answer = make_answer(workshop, mia, text="Flights", is_revealed=True)

    page = post(as_mia, name, workshop, answer.pk, text="Other").content.decode()

    assert "It has been revealed or taken back meanwhile" in page
    assert Answer.objects.get().text == "Flights"


def test_other_words_for_what_is_revealed_are_given_back(as_mia: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text="Flights", is_revealed=True)
    sent = {"text": "Other", "operation": uuid4()}

    response = as_mia.post(url("reword-answer", workshop, answer.pk), sent, headers={"MDD-Person": key_of(mia)})

    assert response.status_code == 410


@pytest.mark.parametrize("name", ["reword-answer", "take-back"])
def test_the_answers_of_others_are_theirs(as_ada: Client, workshop: Workshop, mia: User, name: str) -> None:
    answer = make_answer(workshop, mia, text="Flights")

    assert told_after(as_ada, name, workshop, answer.pk, text="Other")

    assert Answer.objects.get().text == "Flights"


def test_a_facilitator_reveals_all_of_a_stage(as_ada: Client, workshop: Workshop, mia: User) -> None:
    make_answer(workshop, mia, text="Flights")
    other = make_answer(workshop, mia, text="Guests", stage="customers")

    page = post(as_ada, "reveal", workshop, stage="deliver").content.decode()

    assert "Flights" in page
    other.refresh_from_db()
    assert not other.is_revealed


def test_who_does_not_facilitate_is_told_so(as_mia: Client, workshop: Workshop, mia_in: Participant, ada: User) -> None:
    make_answer(workshop, ada, text="Secret words")

    page = post(as_mia, "reveal", workshop, stage="deliver").content.decode()

    assert "Only a facilitator can do that" in page
    assert not Answer.objects.get().is_revealed


def test_an_answer_is_set_aside_and_brought_back(as_ada: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text="Flights", is_revealed=True)

    page = post(as_ada, "set-aside", workshop, answer.pk, is_aside="on").content.decode()
    assert "Bring back" in page

    send(as_ada, "set-aside", workshop, answer.pk)
    answer.refresh_from_db()
    assert answer.state == Answer.State.OPEN


def test_what_is_agreed_is_not_set_aside(as_ada: Client, workshop: Workshop, mia: User) -> None:
    answer = make_answer(workshop, mia, text="Flights", is_revealed=True, state="agreed")

    page = post(as_ada, "set-aside", workshop, answer.pk, is_aside="on").content.decode()

    assert "Somebody has agreed on that one meanwhile" in page
    answer.refresh_from_db()
    assert answer.state == Answer.State.AGREED
