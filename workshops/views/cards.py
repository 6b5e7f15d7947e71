"""Throwing cards, and what their authors do with them."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms, stages
from workshops.actions import cards as actions
from workshops.forms.answers import SureForm
from workshops.forms.cards import RewordForm, ThrowForm
from workshops.forms.reading import read
from workshops.models import Card, Stage, Workshop
from workshops.pages import pruning


@rooms.doing
def throw(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = ThrowForm(request.POST, squad=workshop.squad, people=rooms.written_for(me))
    if not form.is_valid():
        return again(request, pk, throw=form)
    wanted = {name: form.cleaned_data[name] for name in ("thoughts", "expectation", "operation")}
    is_hidden = form.cleaned_data["seen"] == Stage.THROW and not workshop.template.is_solo
    actions.throw(workshop, is_hidden=is_hidden, by=me, author=form.author, **wanted)
    form.tell(request)
    say_if_unseen(request, workshop, is_hidden=is_hidden)
    return None


def say_if_unseen(request: Request, workshop: Workshop, *, is_hidden: bool) -> None:
    """What came too late for its reveal lies face down, which only the stages of the board show."""
    if is_hidden and workshop.stage not in (Stage.THROW, Stage.GROUP, Stage.PRUNE) and not workshop.is_ahead:
        said = {"stage": Stage.THROW.label}
        messages.info(request, _("Kept under “%(stage)s”; the others have moved on.") % said)


@rooms.doing
def reword(request: Request, pk: int, card: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    row = seen(request, workshop, card)
    form = RewordForm(request.POST, squad=workshop.squad)
    if not form.is_valid():
        return again(request, pk, **{f"reword-{card}": form})
    actions.reword(row, by=me, **form.cleaned_data)
    return pruning.back(workshop, row.bucket_id)


@rooms.doing
def take_back(request: Request, pk: int, card: int) -> None:
    workshop, me = rooms.enter(request, pk)
    actions.take_back(workshop, card=card, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def reveal(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal(workshop, by=me, **read(SureForm(request.POST)))


@rooms.doing
def reveal_next(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal_next(workshop, by=me, **read(SureForm(request.POST)))


def seen(request: Request, workshop: Workshop, card: int) -> Card:
    """A card of the workshop that the actor may see, or 404."""
    rows = Card.objects.visible_to(request.actor).select_related("workshop__topic")
    return get_object_or_404(rows, workshop=workshop, pk=card)


def again(request: Request, pk: int, **asked: Form) -> HttpResponse:
    return stages.show(request, rooms.fetch(request, pk), asked=asked, status=422)
