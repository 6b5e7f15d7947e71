"""Where a survivor is adopted."""

from __future__ import annotations

from django.urls import reverse

from workshops.models import Card


def url(card: Card) -> str:
    return reverse("workshops:adopt", args=[card.workshop_id, card.pk])
