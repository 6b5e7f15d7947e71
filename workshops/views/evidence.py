"""Bringing evidence: what others have said or reported, with how often."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mdd import access
from mdd.http import Request, posted
from workshops import rooms
from workshops.actions import cards as actions
from workshops.forms.evidence import EvidenceForm
from workshops.forms.reading import is_out_of_date, out_of_date, see_afresh
from workshops.guests import actor_required
from workshops.models import Stage
from workshops.rooms import Room
from workshops.views.cards import say_if_unseen


@actor_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: Request, pk: int) -> HttpResponse:
    """The list, and before it is thrown, what would become of it."""
    room = rooms.fetch(request, pk)
    if not room.is_guest:
        access.require_writer(request, room.workshop.squad)
    form = EvidenceForm(posted(request), request.FILES or None, initial={"seen": room.workshop.stage})
    return page(request, room, form, is_asked=not form.is_valid())


@rooms.doing
def throw(request: Request, pk: int) -> HttpResponse | None:
    workshop, me = rooms.enter(request, pk)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return page(request, rooms.fetch(request, pk), form, is_asked=True)
    thoughts = form.cleaned_data["evidence"].thoughts
    is_hidden = form.cleaned_data["seen"] == Stage.THROW and not workshop.template.is_solo
    operation = form.cleaned_data["operation"]
    actions.throw(workshop, thoughts=thoughts, expectation=None, is_hidden=is_hidden, by=me, operation=operation)
    said = ngettext("%(n)d card thrown.", "%(n)d cards thrown.", len(thoughts)) % {"n": len(thoughts)}
    messages.success(request, said)
    say_if_unseen(request, workshop, is_hidden=is_hidden)
    return None


def page(request: Request, room: Room, form: EvidenceForm, *, is_asked: bool) -> HttpResponse:
    """With a preview once the list can be read."""
    if is_out_of_date(form):
        messages.warning(request, str(out_of_date()))
        see_afresh(form, room.workshop.stage)
    fresh = form
    if form.is_bound and not is_asked:
        again = {"text": form.cleaned_data["given"], "seen": form.cleaned_data["seen"]}
        fresh = EvidenceForm(initial=again | {"operation": form.cleaned_data["operation"]})
    context = {
        "workshop": room.workshop,
        "room": room,
        "form": fresh,
        "found": None if is_asked else form.cleaned_data["evidence"],
        "is_hiding": room.workshop.stage == Stage.THROW and not room.is_solo,
    }
    return render(request, "workshops/evidence.html", context, status=422 if form.is_bound and is_asked else 200)
