"""Suggested groups: asked for, accepted, dismissed."""

from __future__ import annotations

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms
from workshops.actions import suggesting
from workshops.forms.buckets import SuggestionForm
from workshops.forms.reading import read
from workshops.views.buckets import say


@rooms.doing
def ask(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    suggesting.suggest(workshop, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def accept(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    say(request, suggesting.accept(workshop, by=me, **read(SuggestionForm(request.POST))))


@rooms.doing
def dismiss(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    suggesting.dismiss(workshop, by=me, **read(SuggestionForm(request.POST)))
