"""How workshops went: for the squad alone, and without names."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mdd import access
from mdd.http import Request
from workshops import health, rooms, voices
from workshops.actions import confidence as actions
from workshops.forms.confidence import ConfidenceForm
from workshops.forms.reading import read
from workshops.models import Workshop

LATEST = 24


@login_required
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    rows = Workshop.objects.together().select_related("squad")
    workshop = access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)
    return render(request, "workshops/health.html", {"health": health.of([workshop])[0], "workshop": workshop})


@login_required
@require_safe
def trend(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    rows = Workshop.objects.visible_to(request.actor).together().filter(squad=squad)
    latest = list(rows.order_by("-started_at", "-pk")[:LATEST])
    return render(request, "workshops/healths.html", {"rounds": health.of(latest)})


@rooms.doing
def say(request: Request, pk: int) -> None:
    """How sure one is, in one tap."""
    workshop, me = rooms.enter(request, pk)
    actions.say(workshop, by=me, voice=voices.of(request, me), **read(ConfidenceForm(request.POST)))
