"""Before the meeting: each for themselves at the stages that begin in private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.forms import Form
from django.utils.translation import gettext as _

from mdd.http import Request
from workshops.forms.answers import WriteForm
from workshops.models import QUESTIONS, Answer, Card, Stage, TimeBox
from workshops.pages import questions, throwing
from workshops.rooms import Room
from workshops.titles import TITLES

PRIVATE = (*QUESTIONS[:3], Stage.THROW)
OF_CARDS = ("throw", "reword")


@dataclass(frozen=True)
class Tab:
    """A stage, and how much one has written for it."""

    stage: Stage
    count: int
    is_current: bool


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    boxes = [box for box in room.boxes if box.stage in PRIVATE]
    at = chosen(request, boxes, asked)
    is_throw = at.stage == Stage.THROW
    own = throwing.context(request, room, asked) if is_throw else writing(request, room, asked, at.stage)
    return own | {
        "title": _("Before we meet"),
        "at": at.stage,
        "tabs": tabs(request, room, boxes, at),
        "asks": TITLES[Stage(at.stage)],
        "prompts": at.prompts.splitlines(),
    }


def chosen(request: Request, boxes: Sequence[TimeBox], asked: Mapping[str, Form]) -> TimeBox:
    """The stage of the form that is asked again, else the one that the address names, else the first."""
    wanted = request.POST.get("at") or request.GET.get("at")
    if "edit" in request.GET or any(name.startswith(OF_CARDS) for name in asked):
        wanted = Stage.THROW
    return next((box for box in boxes if box.stage == wanted), boxes[0])


def tabs(request: Request, room: Room, boxes: Sequence[TimeBox], at: TimeBox) -> list[Tab]:
    answers = Answer.objects.visible_to(request.actor).filter(workshop=room.workshop, is_revealed=False).order_by()
    counts = dict(answers.values_list("stage").annotate(Count("pk")))
    counts[Stage.THROW] = Card.objects.of(request.actor).filter(workshop=room.workshop).count()
    return [Tab(Stage(box.stage), counts.get(box.stage, 0), box == at) for box in boxes]


def writing(request: Request, room: Room, asked: Mapping[str, Form], stage: str) -> dict[str, object]:
    rows = Answer.objects.visible_to(request.actor).filter(workshop=room.workshop, stage=stage, is_revealed=False)
    is_writing = room.may_write and room.workshop.is_open
    form = asked.get("write") or WriteForm.of(stage, people=room.without_device, voice=room.voice)
    return {
        "mine": [questions.mine(answer, asked) for answer in rows.order_by("-pk")],
        "is_writing": is_writing,
        "write_form": form,
    }
