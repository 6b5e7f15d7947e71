"""Stages 1 to 3: what this workshop has agreed on, who agrees, and what was said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from mdd.models import Squad
from workshops import blind, canvas
from workshops.actions.stating import ROWS
from workshops.chains import Chains
from workshops.models import Agreement, Assent, Stage
from workshops.rooms import Room


@dataclass(frozen=True)
class Agreed:
    """A statement of this workshop. `names` stays empty where the workshop is anonymous; `is_mine`: I agree too.

    `entered` is how many others spoke for.
    """

    agreement: Agreement
    answer: canvas.Answer
    merged: int
    count: int
    names: Sequence[str]
    is_mine: bool
    entered: int

    @property
    def told(self) -> str:
        """“2 agree: Ada, Mia”."""
        said = ngettext("%(n)s agrees", "%(n)s agree", self.count) % {"n": self.count}
        return f"{said}: {', '.join(self.names)}" if self.names else said


Read = tuple[Callable[[Squad], list[Any]], Callable[[Any], canvas.Answer]]
READ: Mapping[str, Read] = {
    Stage.DELIVER: (canvas.delivered, canvas.what),
    Stage.CUSTOMERS: (canvas.served, canvas.who),
    Stage.EXPECTATIONS: (canvas.expected, canvas.about),
}


def context(room: Room) -> dict[str, object]:
    stage, squad = room.workshop.stage, room.workshop.squad
    rows, told = READ[stage]
    chains = chains_of(squad, stage)
    by_root = {chains.root(each.subject[1]): each for each in made(room)}
    said, before = [], []
    for row in rows(squad):
        if agreement := by_root.get(chains.root(row.pk)):
            said.append(agreed(agreement, told(row), room))
        else:
            before.append(told(row))
    return {"agreed": said, "before": before, "is_blind": is_blind(room, before)}


def is_blind(room: Room, before: Sequence[object]) -> bool:
    """Whether what was said before stays out of sight, so that nobody is led by it."""
    if not before or room.is_solo or not room.workshop.is_open:
        return False
    return room.workshop.stage not in blind.revealed(room.workshop)


def made(room: Room) -> list[Agreement]:
    rows = Agreement.objects.filter(workshop=room.workshop, stage=room.workshop.stage)
    return list(rows.prefetch_related("answers", "assents__participant__user").order_by("pk"))


def chains_of(squad: Squad, stage: str) -> Chains[Any]:
    return Chains(list(ROWS[stage]().filter(squad=squad).only("superseded_by")))


def agreed(agreement: Agreement, answer: canvas.Answer, room: Room) -> Agreed:
    assents: list[Assent] = list(agreement.assents.all())
    people = [each.participant for each in assents if each.participant]
    known = [] if room.workshop.is_anonymous else people
    is_told = room.voice is None or not room.workshop.is_anonymous  # else a second facilitator would learn it
    return Agreed(
        agreement=agreement,
        answer=answer,
        merged=len(agreement.answers.all()),
        count=len(assents),
        names=sorted(person.short_name for person in known),
        is_mine=is_told and room.speaker in people,
        entered=sum(not person.has_device for person in people),
    )
