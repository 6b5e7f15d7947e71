"""What a workshop says now beside what the squad had said before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from mdd.models import Finding
from workshops import blind
from workshops.canvas import TONES
from workshops.chains import Chains
from workshops.models import Agreement, Stage, Workshop
from workshops.rooms import Room
from workshops.sheet import Sheet, read
from workshops.titles import TITLES


@dataclass(frozen=True)
class Again:
    """Said before and now; `was` is how, where the words are others now."""

    text: str
    was: str = ""


@dataclass(frozen=True)
class Difference:
    """One question. While the workshop is still to ask it, only that is told."""

    title: str | Promise
    is_blind: bool
    new: Sequence[str] = ()
    again: Sequence[Again] = ()
    silent: Sequence[str] = ()


@dataclass(frozen=True)
class Verdict:
    """What was found, and its tone."""

    label: str
    tone: str
    evidence: str


@dataclass(frozen=True)
class Turn:
    """An expectation that this workshop judged. `then` is None where nobody had before."""

    text: str
    then: Verdict | None
    now: Verdict

    @property
    def is_changed(self) -> bool:
        return self.then is None or self.then.label != self.now.label


def of(room: Room) -> list[Difference]:
    """The first three questions, as far as the room has them."""
    workshop, open_stages = room.workshop, shown(room)
    sheet = read(workshop.squad, before(workshop))
    chains: dict[str, Chains[Any]] = {
        Stage.DELIVER: sheet.delivered,
        Stage.CUSTOMERS: sheet.served,
        Stage.EXPECTATIONS: sheet.expected,
    }
    return [
        difference(workshop, box.stage, chains[box.stage], sheet, is_blind=box.stage not in open_stages)
        for box in room.boxes
        if box.stage in chains
    ]


def shown(room: Room) -> frozenset[str]:
    """The stages at which there is nothing to keep from those who still write."""
    if room.is_solo or room.workshop.state == Workshop.State.CLOSED:
        return frozenset(Stage.values)
    return blind.revealed(room.workshop)


def before(workshop: Workshop) -> datetime:
    return workshop.started_at


def difference(workshop: Workshop, stage: str, chains: Chains[Any], sheet: Sheet, *, is_blind: bool) -> Difference:
    title = TITLES[Stage(stage)]
    if is_blind:
        return Difference(title, is_blind=True)
    then = chains.rooted(chains.in_force(sheet.at))
    now = {chains.root(pk): chains.by_pk[pk] for pk in said(sheet, workshop, stage)}
    return Difference(
        title,
        is_blind=False,
        new=[row.text for root, row in now.items() if root not in then],
        again=[again(then[root].text, row.text) for root, row in now.items() if root in then],
        silent=[row.text for root, row in then.items() if root not in now],
    )


def said(sheet: Sheet, workshop: Workshop, stage: str) -> list[int]:
    """The numbers of what the workshop agreed on at a stage."""
    return [each.subject[1] for each in sheet.agreements if each.workshop == workshop and each.stage == stage]


def again(was: str, text: str) -> Again:
    return Again(text, was if was != text else "")


def turned(room: Room) -> list[Turn]:
    """The verdicts of this workshop, those that changed first."""
    sheet = read(room.workshop.squad, before(room.workshop))
    made = Agreement.objects.filter(workshop=room.workshop, stage=Stage.MEETING)
    found = [each.finding for each in made.select_related("finding__expectation").order_by("pk") if each.finding]
    latest = {sheet.expected.root(finding.expectation_id): finding for finding in found}
    turns = [turn(sheet, finding) for finding in latest.values()]
    return sorted(turns, key=lambda each: not each.is_changed)


def turn(sheet: Sheet, finding: Finding) -> Turn:
    earlier = sheet.findings_of(finding.expectation)
    return Turn(finding.expectation.text, verdict(earlier[0]) if earlier else None, verdict(finding))


def verdict(finding: Finding) -> Verdict:
    return Verdict(finding.get_verdict_display(), TONES[finding.verdict], finding.evidence)
