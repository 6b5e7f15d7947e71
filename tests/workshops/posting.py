"""Posting to a workshop as its pages do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from uuid import uuid4

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from workshops import settling
from workshops.models import Workshop

HTMX = {"HX-Request": "true"}


def url(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


def post(client: Client, name: str, workshop: Workshop, /, *more: object, **fields: Any) -> HttpResponse:
    """Post with a new operation, unless the fields name one; answer with the page that it leads to."""
    answer = client.post(url(name, workshop, *more), hidden(name, workshop) | fields, follow=True)
    return cast("HttpResponse", answer)


def send(client: Client, name: str, workshop: Workshop, /, *more: object, **fields: Any) -> None:
    """As `post`, where it is done without a word. The page that it leads to is not drawn: nobody looks at it."""
    told = told_after(client, name, workshop, *more, **fields)
    assert told == [], told


def told_after(client: Client, name: str, workshop: Workshop, /, *more: object, **fields: Any) -> list[str]:
    """What one will be told above the page that it leads to: why it was refused, or what became of it."""
    answer = client.post(url(name, workshop, *more), hidden(name, workshop) | fields)
    assert answer.status_code == HTTPStatus.FOUND, answer
    return [str(message) for message in get_messages(answer.wsgi_request)]


def hidden(name: str, workshop: Workshop) -> dict[str, Any]:
    """What a page that is fresh sends without showing it."""
    shown = Workshop.objects.get(pk=workshop.pk)
    seen: dict[str, dict[str, Any]] = {
        "change-state": {"seen": shown.state, "stage": shown.stage},
        "done": {"stage": shown.stage},
        "move": {"unsettled": settling.unsettled(shown)},
    }
    return {"operation": uuid4()} | seen.get(name, {})


def move(workshop: Workshop, stage: str) -> Workshop:
    """Be at another stage, without saying so in the log."""
    workshop.stage = stage
    workshop.save(update_fields=["stage"])
    return workshop
