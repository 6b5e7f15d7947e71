"""Moving cards into buckets, and the buckets themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import holding, rooms
from workshops.actions import buckets, grouping, moves
from workshops.forms.buckets import MergeForm, OpenForm, TitleForm
from workshops.forms.cards import HandForm, HoldForm
from workshops.forms.reading import read
from workshops.views.cards import again


@rooms.doing
def move(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    wanted = read(HandForm(request.POST))
    doing = {"held": wanted["card"], "by": me, "operation": wanted["operation"]}
    if wanted["mate"]:
        say(request, grouping.join(workshop, mate=wanted["mate"], **doing))
    else:
        say(request, moves.move(workshop, to=wanted["to"], **doing))


@rooms.doing
def hold(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    held = read(HoldForm(request.POST))
    holding.tell(workshop, tab=held["tab"], cards=list(held["card"]), by=me)


@rooms.doing
def open_new(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return again(request, pk, open=form)
    wanted = dict(form.cleaned_data)
    say(request, buckets.open_new(workshop, held=wanted.pop("card"), by=me, **wanted))
    return None


@rooms.doing
def rename(request: Request, pk: int, bucket: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return again(request, pk, **{f"rename-{bucket}": form})
    buckets.rename(workshop, bucket=bucket, by=me, **form.cleaned_data)
    return None


@rooms.doing
def merge(request: Request, pk: int, bucket: int) -> None:
    workshop, me = rooms.enter(request, pk)
    say(request, buckets.merge(workshop, bucket=bucket, by=me, **read(MergeForm(request.POST))))


@rooms.doing
def remove(request: Request, pk: int, bucket: int) -> None:
    workshop, me = rooms.enter(request, pk)
    buckets.remove(workshop, bucket=bucket, by=me, **read(OperationForm(request.POST)))


def say(request: Request, sentence: str) -> None:
    if sentence:
        messages.warning(request, sentence)
