"""What helps people in one room: the clock that all see, and raised hands."""

from __future__ import annotations

from mdd.forms import OperationForm
from mdd.http import Request
from workshops import rooms
from workshops.actions import hands, timers
from workshops.forms.reading import read
from workshops.forms.workshops import AddTimeForm, HandForm, RestForm
from workshops.views.lobby import known


@rooms.doing
def add_time(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    timers.add(workshop, by=me, **read(AddTimeForm(request.POST)))


@rooms.doing
def rest_clock(request: Request, pk: int) -> None:
    workshop, me = rooms.lead(request, pk)
    timers.rest(workshop, by=me, **read(RestForm(request.POST)))


@rooms.doing
def raise_hand(request: Request, pk: int) -> None:
    workshop, me = rooms.enter(request, pk)
    hands.raise_hand(workshop, by=me, **read(HandForm(request.POST)))


@rooms.doing
def lower_hand(request: Request, pk: int, person: int) -> None:
    workshop, me = rooms.lead(request, pk)
    known(workshop, person)
    hands.lower(workshop, person=person, by=me, **read(OperationForm(request.POST)))
