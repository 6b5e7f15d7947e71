"""Doing what one does at the stage Focus."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.urls import reverse

from workshops.actions import focus
from workshops.models import Bucket, Participant, Workshop

WORRY = "We would only count what the app sees"


def url(name: str, workshop: Workshop, *more: object) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *more])


def words(bucket: Bucket, **fields: Any) -> dict[str, object]:
    return {
        "question": "Do callers come back?",
        "if_rises": "",
        "if_falls": "call them",
        "seen": bucket.stamp,
        "operation": uuid4(),
    } | fields


def said_in(response: Any) -> str:
    """What the stage itself says; who takes part stands above it."""
    page: str = response.content.decode()
    return page[page.index('<div class="focus">') :]


def put_dot(bucket: Bucket, by: Participant, change: int = 1) -> None:
    focus.dot(bucket, change=change, by=by, operation=uuid4())


def reveal(workshop: Workshop, by: Participant) -> None:
    focus.reveal_dots(workshop, is_revealed=True, by=by, operation=uuid4())


def say(bucket: Bucket, by: Participant, value: str = "fine", text: str = "") -> None:
    focus.consent(bucket, value=value, text=text, seen=bucket.stamp, by=by, operation=uuid4())


def open_answers(bucket: Bucket, by: Participant) -> None:
    focus.reveal_consents(bucket, is_revealed=True, by=by, operation=uuid4())
