"""Choosing the main question, all of it at the stage Focus."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import focus, rooms, stages, voices
from workshops.actions import focus as actions
from workshops.actions import guessing
from workshops.actions.guessing import UnitStays
from workshops.actions.refusals import Refused
from workshops.forms.focus import ConsentForm, DecideForm, DotForm, GuessForm, OpenForm, PhraseForm, RevealForm
from workshops.forms.reading import read, see_afresh
from workshops.models import Bucket, Stage


def fetch(request: Request, pk: int, bucket: int) -> Bucket:
    rows = Bucket.objects.visible_to(request.actor).select_related("workshop__topic", "workshop__squad")
    return get_object_or_404(rows, workshop=pk, pk=bucket)


def ask_again(request: Request, pk: int, name: str, form: Form) -> HttpResponse:
    return stages.show(request, rooms.fetch(request, pk), asked={name: form}, status=422)


@rooms.doing
def phrase(request: Request, pk: int, bucket: int) -> HttpResponse | None:
    subject = fetch(request, pk, bucket)
    workshop, me = rooms.enter(request, pk)
    form = PhraseForm(request.POST, auto_id=f"phrase_{bucket}_%s")
    if not form.is_valid():
        return ask_again(request, pk, f"phrase-{bucket}", form)
    try:
        operation, seen = form.cleaned_data["operation"], form.cleaned_data["seen"]
        actions.phrase(subject, wanted=form.phrasing, seen=seen, by=me, operation=operation)
    except Refused as refused:
        rooms.give_back_unless_at(workshop, Stage.FOCUS, refused)
        form.add_error("unit" if isinstance(refused, UnitStays) else "question", str(refused))
        see_afresh(form, fetch(request, pk, bucket).stamp)
        return ask_again(request, pk, f"phrase-{bucket}", form)
    return None


@rooms.doing
def dot(request: Request, pk: int, bucket: int) -> None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.enter(request, pk)
    actions.dot(subject, by=me, voice=voices.of(request, me), **read(DotForm(request.POST)))


@rooms.doing
def reveal_dots(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal_dots(workshop, by=me, **read(RevealForm(request.POST)))


@rooms.doing
def guess(request: Request, pk: int, bucket: int) -> HttpResponse | None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.enter(request, pk)
    form = GuessForm(request.POST, unit=subject.unit, auto_id=f"guess_{bucket}_%s")
    if not form.is_valid():
        return ask_again(request, pk, f"guess-{bucket}", form)
    guessing.guess(subject, by=me, **form.cleaned_data)
    return None


@rooms.doing
def reveal_guesses(request: Request, pk: int, bucket: int) -> None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.lead(request, pk)
    guessing.reveal(subject, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def ask_about(request: Request, pk: int, bucket: int) -> None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.lead(request, pk)
    actions.ask_about(subject, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def consent(request: Request, pk: int, bucket: int) -> HttpResponse | None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.enter(request, pk)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return ask_again(request, pk, "consent", form)
    actions.consent(subject, by=me, voice=voices.of(request, me), **form.cleaned_data)
    return None


@rooms.doing
def reveal_consents(request: Request, pk: int, bucket: int) -> None:
    subject = fetch(request, pk, bucket)
    _workshop, me = rooms.lead(request, pk)
    actions.reveal_consents(subject, by=me, **read(OpenForm(request.POST)))


@rooms.doing
def decide(request: Request, pk: int) -> HttpResponse:
    workshop, me = rooms.lead(request, pk)
    form = DecideForm(request.POST, workshop=workshop, auto_id="decide_%s")
    if not form.is_valid():
        return ask_again(request, pk, "decide", form)
    wanted = {name: form.cleaned_data[name] for name in ("about", "seen", "operation")}
    try:
        actions.decide(form.cleaned_data["bucket"], choice=form.choice, by=me, **wanted)
    except Refused as refused:
        rooms.give_back_unless_at(workshop, Stage.FOCUS, refused)
        form.add_error(None, str(refused))
        last = focus.latest(workshop)
        see_afresh(form, last.number if last else 0)
        return ask_again(request, pk, "decide", form)
    return redirect("workshops:decision", pk)
