"""Stage 4: what each thinks, and what the squad finds."""

from __future__ import annotations

from django.http import HttpResponse

from mdd.http import Request
from workshops import rooms, voices
from workshops.actions import agreements
from workshops.actions import opinions as actions
from workshops.actions.refusals import Refused
from workshops.forms.answers import OpinionForm, SureForm
from workshops.forms.reading import read, see_afresh
from workshops.forms.statements import AgreedForm
from workshops.models import Stage
from workshops.views.answers import ask_again


@rooms.doing
def say(request: Request, pk: int, expectation: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = OpinionForm.of(expectation, workshop.squad, request.POST)
    if not form.is_valid():
        return ask_again(request, pk, **{f"opinion-{expectation}": form})

    actions.say(workshop, by=me, voice=voices.of(request, me), **form.cleaned_data)
    return None


@rooms.doing
def reveal(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    actions.reveal(workshop, by=me, **read(SureForm(request.POST)))


@rooms.doing
def find(request: Request, pk: int, expectation: int) -> HttpResponse | None:
    """Agree on whether an expectation is met."""
    workshop, me = rooms.lead(request, pk)
    form = AgreedForm(request.POST, squad=workshop.squad, about=expectation)
    if not form.is_valid():
        return ask_again(request, pk, **{f"finding-{expectation}": form})

    said = dict(form.cleaned_data)
    named = {name: said.pop(name) for name in ("expectation", "seen", "operation")}
    try:
        agreements.find(workshop, said=said, by=me, **named)
    except Refused as refused:
        rooms.give_back_unless_at(workshop, Stage.MEETING, refused)
        form.add_error(None, str(refused))
        last = agreements.latest(named["expectation"])
        see_afresh(form, last.pk if last else 0)
        return ask_again(request, pk, **{f"finding-{expectation}": form})
    return None
