"""Leading a workshop: its stages, its rests, who runs it."""

from __future__ import annotations

from django.http import HttpResponse

from mdd import access
from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms, stages
from workshops.actions import countdowns
from workshops.actions import workshops as actions
from workshops.forms.reading import read
from workshops.forms.workshops import DoneForm, MoveForm, StateForm, StopForm
from workshops.models import Workshop


@rooms.doing
def move(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.lead(request, pk)
    form = MoveForm(request.POST)
    wanted = read(form)
    try:
        countdowns.announce(workshop, by=me, **wanted | {"unsettled": wanted["unsettled"] or 0})
    except countdowns.LeavesHidden:
        return stages.show(request, rooms.fetch(request, pk), asked={"move": form}, status=422)
    return None


@rooms.doing
def stop_move(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    countdowns.stop(workshop, by=me, **read(StopForm(request.POST)))


@rooms.doing
def change_state(request: Request, pk: int) -> None:
    """Any member may pause and resume: a facilitator who left must not lock the others out."""
    room = rooms.fetch(request, pk)
    access.require_writer(request, room.workshop.squad)
    wanted = read(StateForm(request.POST))
    me = room.me or actions.join(room.workshop, user=request.user)
    wanted |= {"to": Workshop.State(wanted["to"]), "dropped": wanted["dropped"] or 0}
    actions.change_state(room.workshop, by=me, **wanted)


@rooms.doing
def facilitate(request: Request, pk: int) -> None:
    workshop, me = rooms.enter_as_member(request, pk)
    actions.facilitate(workshop, by=me, **read(OperationForm(request.POST)))


@rooms.doing
def done(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    actions.say_done(workshop, by=me, **read(DoneForm(request.POST)))
