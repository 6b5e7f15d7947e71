"""Stages 1 to 3: what each wrote, what is revealed, and what the squad has agreed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.forms import Form

from mdd.http import Request
from mdd.models import Squad
from workshops import canvas
from workshops.forms.answers import RewordForm, WriteForm, picked
from workshops.forms.statements import FORMS, StatementForm
from workshops.models import Answer, Stage
from workshops.rooms import Room

FACE_DOWN = 12


@dataclass(frozen=True)
class Mine:
    """An answer of one's own that nobody else sees, and the form to say it better."""

    answer: Answer
    form: Form


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    answers = written(request, room)
    revealed = [answer for answer in answers if answer.is_revealed]
    ticked = picked(request.POST if request.method == "POST" else request.GET)
    picks = [answer for answer in revealed if answer.pk in ticked]
    hidden = counted(room)
    return {
        "mine": [mine(answer, asked) for answer in answers if not answer.is_revealed],
        "revealed": [answer for answer in revealed if answer.state == Answer.State.OPEN],
        "settled": [answer for answer in revealed if answer.state != Answer.State.OPEN],
        "hidden": hidden,
        "is_writing": room.may_write and room.workshop.is_open,
        "face_down": range(min(hidden["others"], FACE_DOWN)),
        "picks": picks,
        "write_form": asked.get("write") or WriteForm.of(room.workshop.stage, people=room.without_device),
        "settle_form": settle_form(room, picks, asked) if room.is_facilitator else None,
        "agreed": AGREED[room.workshop.stage](room.workshop.squad),
    }


def written(request: Request, room: Room) -> Sequence[Answer]:
    """Everything one may see of this stage, in the order in which it was written."""
    rows = Answer.objects.visible_to(request.actor).filter(workshop=room.workshop, stage=room.workshop.stage)
    return list(rows.order_by("pk"))


def counted(room: Room) -> dict[str, int]:
    """How many have written, and how much of it is hidden from me: numbers only."""
    mine = Q(participant=room.me) if room.me else Q(pk__in=())
    rows = Answer.objects.filter(workshop=room.workshop, stage=room.workshop.stage)
    return rows.aggregate(
        people=Count("participant", distinct=True),
        answers=Count("pk", filter=Q(is_revealed=False)),
        others=Count("pk", filter=Q(is_revealed=False) & ~mine),
    )


def mine(answer: Answer, asked: Mapping[str, Form]) -> Mine:
    form = asked.get(f"answer-{answer.pk}")
    return Mine(answer, form or RewordForm.of(answer.pk, initial={"text": answer.text}))


def settle_form(room: Room, picks: Sequence[Answer], asked: Mapping[str, Form]) -> Form:
    """The form that agrees, with the words of what was picked."""
    words = "; ".join(answer.text for answer in picks)[:200]
    form = FORMS[room.workshop.stage](squad=room.workshop.squad, initial={"text": words}, auto_id="settle-%s")
    return asked.get("settle") or preset(form, is_solo=room.is_solo)


def preset(form: StatementForm, *, is_solo: bool) -> StatementForm:
    """Choose what there is only one of; alone, what was written last."""
    for name in form.choices(form.squad):
        rows = list(form.choices(form.squad)[name].order_by("-pk")[:2])
        if len(rows) == 1 or (rows and is_solo):
            form.initial[name] = rows[:1] if name == "deliverables" else rows[0]
    return form


def deliverables(squad: Squad) -> list[canvas.Answer]:
    return [canvas.what(row) for row in canvas.delivered(squad)]


def customers(squad: Squad) -> list[canvas.Answer]:
    return [canvas.who(row) for row in canvas.served(squad)]


def expectations(squad: Squad) -> list[canvas.Answer]:
    return [canvas.about(row) for row in canvas.expected(squad)]


AGREED: Mapping[str, Callable[[Squad], list[canvas.Answer]]] = {
    Stage.DELIVER: deliverables,
    Stage.CUSTOMERS: customers,
    Stage.EXPECTATIONS: expectations,
}
