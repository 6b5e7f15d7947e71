"""Posting to a workshop as its pages do."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from workshops.models import Workshop

HTMX = {"HX-Request": "true"}


def url(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


def post(client: Client, name: str, workshop: Workshop, /, *more: object, **fields: Any) -> HttpResponse:
    """Post with a new operation, unless the fields name one; answer with the page that it leads to."""
    answer = client.post(url(name, workshop, *more), {"operation": uuid4()} | fields, follow=True)
    return cast("HttpResponse", answer)


def move(workshop: Workshop, stage: str) -> Workshop:
    """Be at another stage, without saying so in the log."""
    workshop.stage = stage
    workshop.save(update_fields=["stage"])
    return workshop
