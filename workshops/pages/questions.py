"""Stages 1 to 3: what each wrote, what is revealed, and what the squad has agreed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from mdd.http import Request
from workshops import shuffling
from workshops.forms.answers import RewordForm, WriteForm, picked
from workshops.forms.statements import FORMS, StatementForm
from workshops.models import Answer
from workshops.pages import agreed
from workshops.rooms import Room


@dataclass(frozen=True)
class Mine:
    """An answer of one's own that nobody else sees, and the form to say it better."""

    answer: Answer
    form: Form


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    answers = written(request, room)
    ticked = picked(request.POST if request.method == "POST" else request.GET)
    to_settle = (row for row in answers if row.is_revealed and row.state == Answer.State.OPEN and row.pk in ticked)
    picks = sorted(to_settle, key=lambda row: row.pk)
    said = agreed.context(room)
    written_for: dict[str, Any] = {"people": room.without_device, "voice": room.voice}
    return {
        "mine": [mine(answer, asked) for answer in answers if not answer.is_revealed],
        "is_writing": room.may_write and room.workshop.is_open,
        "picks": picks,
        "is_agreeing": bool(picks) or "agree" in request.GET,
        "write_form": asked.get("write") or WriteForm.of(room.workshop.stage, **written_for),
        **said,
        "settle_form": settle_form(room, picks, asked) if room.is_facilitator and not said["is_blind"] else None,
    }


def written(request: Request, room: Room) -> Sequence[Answer]:
    """Everything one may see of this stage: what is revealed in an order that tells nothing, then one's own."""
    rows = Answer.objects.visible_to(request.actor).filter(workshop=room.workshop, stage=room.workshop.stage)
    return sorted(rows.order_by("pk"), key=lambda row: shuffling.place(row) if row.is_revealed else -1, reverse=True)


def mine(answer: Answer, asked: Mapping[str, Form]) -> Mine:
    form = asked.get(f"answer-{answer.pk}")
    return Mine(answer, form or RewordForm.of(answer.pk, initial={"text": answer.text}))


def settle_form(room: Room, picks: Sequence[Answer], asked: Mapping[str, Form]) -> Form:
    """The form that agrees, with the words of what was picked."""
    words = "; ".join(dict.fromkeys(answer.text for answer in picks))[:200]
    form = FORMS[room.workshop.stage](squad=room.workshop.squad, initial={"text": words}, auto_id="settle-%s")
    return asked.get("settle") or preset(form, is_solo=room.is_solo)


def preset(form: StatementForm, *, is_solo: bool) -> StatementForm:
    """Choose what there is only one of; alone, what was written last."""
    for name in form.choices(form.squad):
        rows = list(form.choices(form.squad)[name].order_by("-pk")[:2])
        if len(rows) == 1 or (rows and is_solo):
            form.initial[name] = rows[:1] if name == "deliverables" else rows[0]
    return form
