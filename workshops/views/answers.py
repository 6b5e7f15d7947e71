"""Stages 1 to 3: writing privately, revealing, agreeing."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms, stages
from workshops.actions import agreements
from workshops.actions import answers as actions
from workshops.actions.refusals import Refused
from workshops.forms.answers import AsideForm, RewordForm, StageForm, WriteForm, picked
from workshops.forms.reading import read
from workshops.forms.statements import FORMS
from workshops.models import QUESTIONS, Stage


@rooms.doing
def write(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = WriteForm.of("", request.POST, people=rooms.written_for(me))
    if not form.is_valid():
        return ask_again(request, pk, write=form)

    stage = form.cleaned_data["stage"]
    operation = form.cleaned_data["operation"]
    actions.write(workshop, stage=stage, texts=form.texts, by=me, operation=operation, author=form.author)
    form.tell(request)
    if stage != workshop.stage and not workshop.is_ahead:
        messages.info(request, _("Kept under “%(stage)s”; the others have moved on.") % {"stage": Stage(stage).label})
    return None


@rooms.doing
def reword(request: Request, pk: int, answer: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = RewordForm.of(answer, request.POST)
    if not form.is_valid():
        return ask_again(request, pk, **{f"answer-{answer}": form})

    actions.reword(workshop, answer=answer, by=me, **form.cleaned_data)
    return None


@rooms.doing
def take_back(request: Request, pk: int, answer: int) -> None:
    workshop, me = rooms.enter(request, pk)
    actions.take_back(workshop, answer=answer, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def reveal(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal(workshop, by=me, **read(StageForm(request.POST)))


@rooms.doing
def reveal_next(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal_next(workshop, by=me, **read(StageForm(request.POST)))


@rooms.doing
def set_aside(request: Request, pk: int, answer: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.set_aside(workshop, answer=answer, by=me, **read(AsideForm(request.POST)))


@rooms.doing
def settle(request: Request, pk: int, kind: str) -> HttpResponse | None:
    """Make a statement of the squad out of the answers picked, in the words of the form."""
    workshop, me = rooms.lead(request, pk)
    if kind not in QUESTIONS[:3]:
        raise Http404
    form = FORMS[kind](request.POST, squad=workshop.squad, auto_id="settle-%s")
    if not form.is_valid():
        return ask_again(request, pk, settle=form)

    said = dict(form.cleaned_data)
    operation, answers = said.pop("operation"), picked(request.POST)
    try:
        agreements.agree(workshop, stage=kind, answers=answers, said=said, by=me, operation=operation)
    except Refused as refused:
        rooms.give_back_unless_at(workshop, kind, refused)
        form.add_error(None, str(refused))
        return ask_again(request, pk, settle=form)
    return None


def ask_again(request: Request, pk: int, **asked: Form) -> HttpResponse:
    """The stage as it is now, with a form that holds what was typed and what is wrong with it."""
    return stages.show(request, rooms.fetch(request, pk), asked=asked, status=422)
