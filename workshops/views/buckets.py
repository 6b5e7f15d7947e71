"""Moving cards into buckets, and the buckets themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import holding, rooms
from workshops.actions import buckets, grouping, moves
from workshops.actions.faster import Late, Outrun
from workshops.actions.refusals import Refused
from workshops.forms.buckets import MergeForm, OpenForm, TitleForm
from workshops.forms.cards import HandForm, HoldForm
from workshops.forms.reading import read
from workshops.models import Bucket, Stage, Workshop
from workshops.views.cards import again


@rooms.doing
def move(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    wanted = read(HandForm(request.POST))
    doing = {"held": wanted["card"], "by": me, "operation": wanted["operation"]}
    try:
        if wanted["mate"]:
            late = grouping.join(workshop, mate=wanted["mate"], **doing)
        else:
            late = moves.move(workshop, to=wanted["to"], **doing)
    except Outrun as outrun:
        late = outrun.late
    tell(request, workshop, late)


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
    try:
        tell(request, workshop, buckets.open_new(workshop, held=wanted.pop("card"), by=me, **wanted))
    except Refused as refused:
        rooms.give_back_unless_at(workshop, Stage.GROUP, refused)
        form.add_error("title", str(refused))
        return again(request, pk, open=form)
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
    tell(request, workshop, buckets.merge(workshop, bucket=bucket, by=me, **read(MergeForm(request.POST))))


@rooms.doing
def remove(request: Request, pk: int, bucket: int) -> None:
    workshop, me = rooms.enter(request, pk)
    buckets.remove(workshop, bucket=bucket, by=me, **read(OperationForm(request.POST)))


def tell(request: Request, workshop: Workshop, late: Late | None) -> None:
    """Say who was faster, with a button that does what was wanted all the same, as long as there is such a place."""
    if late is None:
        return
    is_place = late.to is None or Bucket.objects.filter(pk=late.to.pk).exists()
    context = {"late": late, "workshop": workshop, "is_place": is_place}
    said = render_to_string("workshops/board/faster.html", context, request)
    messages.warning(request, SafeString(said), extra_tags="offers")


def say(request: Request, sentence: str) -> None:
    if sentence:
        messages.warning(request, sentence)
