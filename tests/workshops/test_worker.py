"""What the server does for the outbox and the worker of a room."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from mdd.models import User
from tests.workshops.posting import url
from workshops.models import Answer, Workshop


def test_the_worker_may_look_at_every_page_and_is_asked_for_afresh(client: Client) -> None:
    answer = client.get(reverse("workshops:worker"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert b"addEventListener" in answer.content


def test_pages_of_ours_may_have_a_worker_of_ours_only(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]

    assert "worker-src 'self'" in policy


def test_a_room_says_whose_it_is(as_mia: Client, mia: User, workshop: Workshop) -> None:
    answer = as_mia.get(workshop.get_absolute_url())

    assert answer["MDD-Person"] == f"user:{mia.pk}"
    assert f'data-person="user:{mia.pk}"' in answer.content.decode()


def test_nobody_sends_what_another_person_did(as_mia: Client, mia: User, ada: User, workshop: Workshop) -> None:
    sent = {"operation": uuid4(), "stage": "deliver", "text": "Departures"}

    for person, status, count in ((ada, 409, 0), (mia, 302, 1)):
        answer = as_mia.post(url("write", workshop), sent, headers={"MDD-Person": f"user:{person.pk}"})

        assert (answer.status_code, Answer.objects.count()) == (status, count)
