"""Which page belongs to which stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.forms import Form
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from mdd import access, live
from mdd.http import Request
from mdd.live import drawings
from mdd.live.steps import Cursor, are_parts
from workshops import parts, seats
from workshops.actions import anonymity
from workshops.forms.reading import is_out_of_date, out_of_date
from workshops.models import QUESTIONS, Stage, Workshop
from workshops.pages import ahead, focusing, grouping, meeting, pruning, questions, throwing, undoing, wrapping
from workshops.parts import SharedRoom
from workshops.rooms import Room, returned
from workshops.titles import TITLES


class Page(NamedTuple):
    """A template in templates/workshops/stages/, and what it shows."""

    template: str
    context: Callable[[Request, Room, Mapping[str, Form]], dict[str, object]]


PAGES: Mapping[str, Page] = {
    Stage.DELIVER: Page("questions", questions.context),
    Stage.CUSTOMERS: Page("questions", questions.context),
    Stage.EXPECTATIONS: Page("questions", questions.context),
    Stage.MEETING: Page("meeting", meeting.context),
    Stage.THROW: Page("throwing", throwing.context),
    Stage.GROUP: Page("grouping", grouping.context),
    Stage.PRUNE: Page("pruning", pruning.context),
    Stage.FOCUS: Page("focusing", focusing.context),
    Stage.WRAP_UP: Page("wrapping", wrapping.context),
}

AHEAD = Page("ahead", ahead.context)

HELD = "MDD-Parts"  # the cursor of a page that has its parts from the stream


def show(request: Request, room: Room, *, asked: Mapping[str, Form] | None = None, status: int = 200) -> HttpResponse:
    """The workshop at its stage. A form in `asked` takes the place of an empty one, with what was typed in it."""
    if asked and any(map(is_out_of_date, asked.values())) and (answer := returned(request, out_of_date())):
        return answer
    page = AHEAD if room.workshop.is_ahead else PAGES[room.workshop.stage]
    audience = parts.audience_of(room)
    is_own = not asked and asks_for_own(request, room)
    context = shell(request, room) | {
        "frame": "workshops/own.html" if is_own else "base.html",
        "parts": seats.LeftOut() if is_own else shared(request, room, audience, asked or {}),
        "audience": audience,
        "room": room,
        "workshop": room.workshop,
        "may_write": room.may_write,
        "is_member": room.is_member,
        "person_key": live.key_of(request.actor),
        "stage_template": f"workshops/stages/{page.template}.html",
    }
    context |= page.context(request, room, asked or {})
    response = render(request, "workshops/workshop.html", context, status=status)
    # Browsers keep the page for a reload offline, and must not show it to somebody else.
    response.headers["MDD-Person"] = live.key_of(request.actor)
    patch_vary_headers(response, [HELD])
    return response


def asks_for_own(request: Request, room: Room) -> bool:
    """Whether only what is one's own is wanted: the page follows the stream, and what has changed since is in parts."""
    since = Cursor.read(request.headers.get(HELD, ""))
    return since is not None and not room.is_solo and are_parts(room.workshop.topic, since)


def is_ending(room: Room) -> bool:
    """Whether the page offers to close."""
    return room.workshop.state == Workshop.State.PAUSED or not room.beside(1)


def shell(request: Request, room: Room) -> dict[str, object]:
    """What stands around every stage."""
    stage = room.workshop.stage
    following = room.beside(1)
    left = anonymity.left_behind(room.workshop) if is_ending(room) else 0
    return {
        "title": TITLES[stage],
        "next_stage": following and Stage(following),
        "is_done": room.me is not None and room.me.done_stage == stage,
        "losing": anonymity.losing(left) if left else "",
        "left_behind": left,
        "undoing": undoing.offer(room),
        "has_board": stage not in QUESTIONS,
        "now": timezone.now(),
    }


def shared(request: Request, room: Room, audience: str, asked: Mapping[str, Form]) -> Mapping[str, str]:
    """The parts that are streamed, as they are now, with this page's tokens in them."""
    if room.is_member:
        room.reading.members = access.people_of(request, room.workshop.squad)
    drawn = drawings.stamp(parts.draw(SharedRoom.of(room.reading, audience, asked)))
    return seats.taken(drawn, token=get_token(request))
