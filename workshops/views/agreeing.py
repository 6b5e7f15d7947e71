"""What a workshop says again, who agrees to what, and what is most critical."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from mdd.forms import OperationForm
from mdd.http import Request
from mdd.models import Deliverable
from workshops import rooms, voices
from workshops.actions import agreements as actions
from workshops.forms.answers import AssentForm, picked
from workshops.forms.reading import read
from workshops.models import Agreement
from workshops.views.statements import WORDINGS


@rooms.doing
def say_again(request: Request, pk: int, kind: str, statement: int) -> None:
    workshop, me = rooms.lead(request, pk)
    if kind not in WORDINGS:
        raise Http404
    row = get_object_or_404(WORDINGS[kind].rows().visible_to(request.actor), squad=workshop.squad, pk=statement)
    wanted = read(OperationForm(request.POST))
    actions.say_again(workshop, stage=kind, statement=row, answers=picked(request.POST), by=me, **wanted)


@rooms.doing
def assent(request: Request, pk: int, agreement: int) -> None:
    workshop, me = rooms.enter(request, pk)
    row = get_object_or_404(Agreement.objects.visible_to(request.actor), workshop=workshop, pk=agreement)
    wanted = read(AssentForm(request.POST))
    actions.assent(workshop, agreement=row, by=me, voice=voices.of(request, me), **wanted)


@rooms.doing
def mark_critical(request: Request, pk: int, deliverable: int) -> None:
    workshop, me = rooms.lead(request, pk)
    rows = Deliverable.objects.visible_to(request.actor).in_force()
    row = get_object_or_404(rows, squad=workshop.squad, pk=deliverable)
    actions.mark_critical(workshop, deliverable=row, by=me, **read(OperationForm(request.POST)))
