"""Private verdicts on cards, and what comes of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms, voices
from workshops.actions import keeps as actions
from workshops.forms.keeps import DecideForm, SettleForm, VerdictForm
from workshops.forms.reading import read
from workshops.models import Keep
from workshops.pages import pruning
from workshops.views.cards import seen


@rooms.doing
def judge(request: Request, pk: int, card: int) -> HttpResponse:
    workshop, me = rooms.enter(request, pk)
    row, form = seen(request, workshop, card), VerdictForm(request.POST)
    operation = read(form)["operation"]
    value = Keep.Value.PARK if form.reason else Keep.Value.KEEP
    actions.judge(row, value=value, reason=form.reason, by=me, operation=operation, voice=voices.of(request, me))
    return pruning.back(workshop, row.bucket_id)


@rooms.doing
def decide(request: Request, pk: int, card: int) -> HttpResponse:
    workshop, me = rooms.lead(request, pk)
    row, form = seen(request, workshop, card), DecideForm(request.POST)
    wanted = read(form)
    actions.decide(row, reason=form.reason, until=wanted["until"], by=me, operation=wanted["operation"])
    return pruning.back(workshop, row.bucket_id)


@rooms.doing
def settle(request: Request, pk: int) -> HttpResponse:
    workshop, me = rooms.lead(request, pk)
    wanted = read(SettleForm(request.POST))
    if sentence := actions.settle(workshop, by=me, **wanted):
        messages.success(request, sentence)
    return pruning.back(workshop, wanted["bucket"])


@rooms.doing
def restore(request: Request, pk: int, card: int) -> HttpResponse:
    workshop, me = rooms.enter(request, pk)
    row = seen(request, workshop, card)
    actions.restore(row, by=me, **read(OperationForm(request.POST)))
    return pruning.back(workshop, row.bucket_id)
