"""The people of a workshop: who is in the room, what each is in it, who comes in and who goes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import guests, presence, rooms, voices
from workshops.actions import guests as actions
from workshops.forms.guests import PersonForm, RoleForm
from workshops.forms.reading import read
from workshops.guests import actor_required
from workshops.models import Participant, Workshop
from workshops.pages import lobby as page


@actor_required
@require_safe
def lobby(request: Request, pk: int) -> HttpResponse:
    room = rooms.fetch(request, pk)
    presence.note(room.me)
    return page.show(request, room)


@rooms.arranging
def take_part(request: Request, pk: int) -> None:
    """Everybody may watch instead, and take part again."""
    room = rooms.fetch(request, pk)
    me = rooms.placed(request, room)
    actions.give_role(room.workshop, person=me.pk, by=me, **read(RoleForm(request.POST)))


@rooms.arranging
def leave(request: Request, pk: int) -> HttpResponse:
    """A guest goes, and the browser forgets who they were."""
    room = rooms.fetch(request, pk)
    if room.me and room.is_guest:
        actions.leave(room.workshop, by=room.me, **read(OperationForm(request.POST)))
        return guests.forget(render(request, "workshops/guests/left.html", {"workshop": room.workshop}), pk)
    return redirect(room.workshop.squad)


@rooms.arranging
def give_role(request: Request, pk: int, person: int) -> None:
    workshop, me = rooms.lead(request, pk)
    known(workshop, person)
    actions.give_role(workshop, person=person, by=me, **read(RoleForm(request.POST)))


@rooms.arranging
def let_in(request: Request, pk: int, person: int) -> None:
    workshop, me = rooms.lead(request, pk)
    known(workshop, person)
    actions.let_in(workshop, person=person, by=me, **read(OperationForm(request.POST)))


@rooms.arranging
def take_out(request: Request, pk: int, person: int) -> None:
    workshop, me = rooms.lead(request, pk)
    known(workshop, person)
    actions.take_out(workshop, person=person, by=me, **read(OperationForm(request.POST)))


@rooms.arranging
def add(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.lead(request, pk)
    form = PersonForm(request.POST, auto_id="person-%s")
    if not form.is_valid():
        return page.show(request, rooms.fetch(request, pk), asked={"person": form}, status=422)
    actions.add_without_device(workshop, by=me, **form.cleaned_data)
    return None


@rooms.doing
def speak_for(request: Request, pk: int) -> None:
    """Judge, vote and answer for somebody without a device from now on, or for oneself again."""
    workshop, me = rooms.lead(request, pk)
    speaker = voices.of(request, me)
    voices.choose(request, workshop, None if speaker == me else speaker)


def known(workshop: Workshop, person: int) -> None:
    """Somebody of another workshop does not exist here: 404."""
    get_object_or_404(Participant, workshop=workshop, pk=person)
