"""A workshop as one person stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mdd import access, live
from mdd.http import Request
from workshops.actions import workshops as actions
from workshops.actions.refusals import Refused
from workshops.models import Participant, Stage, TimeBox, Workshop

MINIMAL = "return=minimal"


@dataclass(frozen=True)
class Room:
    """The workshop, and who looks at it. `me` is None for those who have not done anything in it yet."""

    workshop: Workshop
    me: Participant | None
    may_write: bool

    @property
    def is_facilitator(self) -> bool:
        return self.may_write and self.me is not None and self.me.is_facilitator

    @property
    def is_solo(self) -> bool:
        return self.workshop.template.is_solo

    @cached_property
    def boxes(self) -> Sequence[TimeBox]:
        """The stages that this workshop has, in their order."""
        return sorted(self.workshop.template.boxes.all(), key=lambda box: Stage(box.stage).place)

    @cached_property
    def box(self) -> TimeBox:
        """The stage that everybody is at."""
        return next(box for box in self.boxes if box.stage == self.workshop.stage)

    @property
    def prompts(self) -> Sequence[str]:
        return self.box.prompts.splitlines()

    def beside(self, step: int) -> str:
        """The stage before (-1) or after (1) this one; "" where there is none."""
        stages = [box.stage for box in self.boxes]
        place = stages.index(self.workshop.stage) + step
        return stages[place] if 0 <= place < len(stages) else ""


def fetch(request: Request, pk: int) -> Room:
    """The workshop, if the actor may see it; the page then stands in its squad."""
    rows = Workshop.objects.select_related("squad", "topic", "template").prefetch_related("template__boxes")
    workshop = access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)
    me = Participant.objects.filter(workshop=workshop, user=request.user).select_related("user").first()
    return Room(workshop, me, access.may_write(request, workshop.squad))


def enter(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """The workshop and one's place in it, taken now if need be, for doing something. Raises Refused while it rests."""
    room = fetch(request, pk)
    access.require_writer(request, room.workshop.squad)
    if not room.workshop.is_open:
        raise Refused(_("This workshop rests. Resume it first."))
    return room.workshop, room.me or actions.join(room.workshop, user=request.user)


def lead(request: Request, pk: int) -> tuple[Workshop, Participant]:
    """As `enter`, for what only a facilitator does. Raises Refused for others."""
    workshop, me = enter(request, pk)
    if not me.is_facilitator:
        raise Refused(_("Only a facilitator can do that. Anybody may become one: “Facilitate too”."))
    return workshop, me


def doing(view: Callable[..., HttpResponse | None]) -> Callable[..., HttpResponse]:
    """A view that changes something in the workshop `pk`, and then shows the workshop.

    Where the action was refused, the sentence is shown beside the fresh state. A view answers itself to ask again.
    What an outbox kept for one person is 409 once another has signed in on that browser. Where the stream tells what
    has changed, no page is needed: `Prefer: return=minimal` (RFC 7240) is answered 204, unless there is something to say.
    """

    @login_required
    @require_POST
    @wraps(view)
    def changed(request: Request, pk: int, **more: Any) -> HttpResponse:
        me = live.key_of(request.actor)
        if request.headers.get("MDD-Person", me) != me:
            return HttpResponse(status=409)
        try:
            answer = view(request, pk, **more)
        except Refused as refused:
            messages.warning(request, str(refused))
            answer = None
        if answer is None and request.headers.get("Prefer") == MINIMAL and not messages.get_messages(request):
            return HttpResponse(status=204, headers={"Preference-Applied": MINIMAL})
        return answer or redirect("workshops:workshop", pk)

    return changed
