"""Which page belongs to which stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mdd.http import Request
from workshops import listeners
from workshops.models import Stage
from workshops.pages import focusing, grouping, meeting, pruning, questions, throwing, wrapping
from workshops.rooms import Room
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


def show(request: Request, room: Room, *, asked: Mapping[str, Form] | None = None, status: int = 200) -> HttpResponse:
    """The workshop at its stage. A form in `asked` takes the place of an empty one, with what was typed in it."""
    page = PAGES[room.workshop.stage]
    context = shell(request, room) | {
        "room": room,
        "workshop": room.workshop,
        "may_write": room.may_write,
        "is_member": room.is_member,
        "stage_template": f"workshops/stages/{page.template}.html",
    }
    return render(request, "workshops/workshop.html", context | page.context(request, room, asked or {}), status=status)


def shell(request: Request, room: Room) -> dict[str, object]:
    """What stands around every stage. Who is done is told by name to facilitators only."""
    stage = room.workshop.stage
    done = [person for person in room.inside if person.done_stage == stage]
    following = room.beside(1)
    return {
        "title": TITLES[stage],
        "next_stage": following and Stage(following),
        "people": room.inside,
        "done": len(done),
        "expected": sum(person.has_device and not person.is_observer for person in room.inside),
        "done_people": done if room.is_facilitator else [],
        "is_done": room.me is not None and room.me.done_stage == stage,
        "now": timezone.now(),
        "seen_by": listeners.sentence(request, room),
    }
