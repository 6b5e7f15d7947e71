"""Guests, and the browsers that they come with."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from workshops import guests
from workshops.models import Participant, Workshop


def make_guest(workshop: Workshop, *, name: str = "Gus", **fields: Any) -> Participant:
    return Participant.objects.create(workshop=workshop, name=name, **fields)


def client_of(guest: Participant) -> Client:
    """A browser that remembers this guest."""
    client = Client()
    for name, morsel in guests.remember(HttpResponse(), guest).cookies.items():
        client.cookies[name] = morsel.value
    return client


def join(client: Client, workshop: Workshop, *, follow: bool = True, **fields: Any) -> HttpResponse:
    """Come in by the code, under a new key unless the fields name one."""
    wanted = {"name": "Sam", "operation": uuid4()} | fields
    url = reverse("workshops:come-in", args=[workshop.join_code])
    return cast("HttpResponse", client.post(url, wanted, follow=follow))
