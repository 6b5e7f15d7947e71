"""Who hears from the stream what has changed may do without the page."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from mdd.models import Squad, User
from tests.workshops.boards import bucket_of, held, make_card, make_workshop, page_of
from workshops.models import Answer, Workshop

MINIMAL = {"Prefer": "return=minimal"}


def written(text: str) -> dict[str, str]:
    return {"stage": "deliver", "text": text, "operation": str(uuid4())}


def test_what_is_done_is_answered_without_a_page(as_mia: Client, workshop: Workshop) -> None:
    answer = as_mia.post(f"/workshops/{workshop.pk}/write/", written("A working door"), headers=MINIMAL)

    assert (answer.status_code, answer.content) == (204, b"")
    assert Answer.objects.filter(workshop=workshop, text="A working door").count() == 1


def test_what_was_refused_is_said_on_a_page(as_mia: Client, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state=Workshop.State.PAUSED, join_code=None)

    answer = as_mia.post(f"/workshops/{workshop.pk}/write/", written("Too late"), headers=MINIMAL, follow=True)

    assert "This workshop rests." in answer.content.decode()


def test_a_sentence_that_nobody_has_seen_yet_waits_for_a_page(as_mia: Client, squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada)
    lost, card = make_card(workshop, ada, "Who waits?", bucket=bucket_of(workshop)), make_card(workshop, ada)
    moves = f"{workshop.get_absolute_url()}cards/"
    late = as_mia.post(f"{moves}move/", {"card": f"{lost.pk}:", "operation": str(uuid4())}, headers=MINIMAL)

    hint = as_mia.post(f"{moves}hold/", {"tab": "a" * 8, "card": held(card)}, headers=MINIMAL)
    moved = as_mia.post(
        f"{moves}move/",
        {"card": held(card), "to": bucket_of(workshop).pk, "operation": str(uuid4())},
        headers=MINIMAL,
    )

    assert (late.status_code, hint.status_code, moved.status_code) == (302, 204, 204)
    assert "meanwhile, so it stays there." in page_of(as_mia, workshop)


def test_what_is_wrong_is_asked_again(as_mia: Client, workshop: Workshop) -> None:
    answer = as_mia.post(f"/workshops/{workshop.pk}/write/", written(""), headers=MINIMAL)

    assert answer.status_code == 422
