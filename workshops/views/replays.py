"""The board of a workshop as it was, one moment after another."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mdd.http import Request
from workshops import rooms
from workshops.guests import actor_required
from workshops.models import Workshop
from workshops.pages import replaying


@actor_required
@require_safe
def replay(request: Request, pk: int) -> HttpResponse:
    """Read-only, all of it or only one moment's board. Guests look at it as long as the workshop is not closed."""
    room = rooms.fetch(request, pk)
    if room.is_guest and room.workshop.state == Workshop.State.CLOSED:
        raise Http404
    template = "workshops/replay/moment.html" if "only" in request.GET else "workshops/replay.html"
    return render(request, template, replaying.context(room, request.GET.get("at", "")))
