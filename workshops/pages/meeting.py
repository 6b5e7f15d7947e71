"""Stage 4: whether each expectation is met. What people think, then what the squad finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.forms import Form

from mdd.http import Request
from mdd.models import Expectation, Finding
from workshops import canvas, entered, shuffling
from workshops.actions import anonymity
from workshops.forms.answers import OpinionForm
from workshops.forms.statements import AgreedForm
from workshops.models import Agreement, Opinion, Stage
from workshops.openings import open_expectations
from workshops.rooms import Room


@dataclass(frozen=True)
class Tally:
    """How many said this, and how they know. Without names."""

    verdict: str
    label: str
    tone: str
    count: int
    evidence: Sequence[str]


@dataclass(frozen=True)
class Matter:
    """One expectation, what is thought of it, and what was found. `said` is how many have an opinion.

    `is_earlier`: it was found before this workshop; `is_blind`: and is not shown while people write. `is_kept`: the
    speaker has an opinion, which is `mine` where it may be read here. `entered` is how many others spoke for.
    """

    expectation: Expectation
    found: canvas.Answer | None
    is_earlier: bool
    is_blind: bool
    mine: Opinion | None
    is_kept: bool
    said: int
    entered: int
    tallies: Sequence[Tally]
    opinion_form: Form | None
    finding_form: Form | None


@dataclass(frozen=True)
class Thought:
    """What people think of one expectation, as far as one may see it."""

    said: int
    mine: Opinion | None
    is_kept: bool
    revealed: Sequence[Opinion]
    entered: int


def context(request: Request, room: Room, asked: Mapping[str, Form]) -> dict[str, object]:
    expectations = canvas.expected(room.workshop.squad)
    found = {finding.expectation_id: finding for finding in canvas.found(expectations)}
    thoughts = thought(request, room)
    ours = said_here(room)
    matters = [matter(room, row, found.get(row.pk), thoughts(row.pk), asked, ours) for row in expectations]
    hidden = Opinion.objects.filter(workshop=room.workshop, is_revealed=False)
    is_blind = any(each.is_blind for each in matters)
    return {
        "matters": matters,
        "hidden": room.reading.opinions_face_down,
        "is_blind": is_blind,
        "asks_opinions": room.workshop.is_open and any(each.opinion_form for each in matters),
        "doubt": anonymity.warning(anonymity.few(room.workshop, hidden)) if room.is_facilitator else "",
        "openings": [] if is_blind else list(open_expectations(room.workshop.squad)),
    }


def said_here(room: Room) -> frozenset[int]:
    """What this workshop has found. What others found before is not shown until its opinions are open."""
    rows = Agreement.objects.filter(workshop=room.workshop, stage=Stage.MEETING)
    return frozenset(rows.values_list("finding", flat=True))


def thought(request: Request, room: Room) -> Callable[[int], Thought]:
    """What people think, by expectation. Of what is hidden only the number is read."""
    rows = Opinion.objects.filter(workshop=room.workshop)
    said = dict(rows.order_by().values_list("expectation").annotate(Count("pk")))
    kept = set(rows.filter(participant=room.voice).values_list("expectation", flat=True)) if room.voice else set()
    by_proxy = entered.in_opinions(room.workshop)
    seen: dict[int, list[Opinion]] = defaultdict(list)
    for opinion in sorted(rows.visible_to(request.actor), key=shuffling.place):
        seen[opinion.expectation_id].append(opinion)

    def of(expectation: int) -> Thought:
        mine = [each for each in seen[expectation] if room.speaker and each.participant_id == room.speaker.pk]
        revealed = [each for each in seen[expectation] if each.is_revealed]
        is_kept = bool(mine) or expectation in kept
        return Thought(said.get(expectation, 0), mine[0] if mine else None, is_kept, revealed, by_proxy[expectation])

    return of


def matter(
    room: Room,
    row: Expectation,
    finding: Finding | None,
    thought: Thought,
    asked: Mapping[str, Form],
    ours: Collection[int],
) -> Matter:
    is_over = bool(room.workshop.is_anonymous and thought.revealed) or bool(thought.mine and thought.mine.is_revealed)
    may_say = room.may_write and not room.is_solo and not is_over
    is_blind = finding is not None and finding.pk not in ours and not thought.revealed and asks(room)
    tallies = tallied(thought.revealed)
    return Matter(
        expectation=row,
        found=canvas.judged(finding) if finding and not is_blind else None,
        is_earlier=finding is not None and finding.pk not in ours,
        is_blind=is_blind,
        mine=thought.mine,
        is_kept=thought.is_kept,
        said=thought.said,
        entered=thought.entered,
        tallies=tallies,
        opinion_form=asked.get(f"opinion-{row.pk}") or opinion_form(room, row, thought.mine) if may_say else None,
        finding_form=asked.get(f"finding-{row.pk}") or finding_form(room, row, finding, tallies)
        if room.is_facilitator
        else None,
    )


def asks(room: Room) -> bool:
    """Whether opinions are still asked for."""
    return room.workshop.is_open and not room.is_solo


def tallied(opinions: Sequence[Opinion]) -> list[Tally]:
    """The revealed opinions by verdict, those that most people share first."""
    return [
        Tally(
            verdict,
            str(Finding.Verdict(verdict).label),
            canvas.TONES[verdict],
            count,
            [each.evidence for each in opinions if each.verdict == verdict and each.evidence],
        )
        for verdict, count in Counter(each.verdict for each in opinions).most_common()
    ]


def opinion_form(room: Room, row: Expectation, mine: Opinion | None) -> Form:
    initial = {"verdict": mine.verdict, "evidence": mine.evidence} if mine else {}
    return OpinionForm.of(row.pk, room.workshop.squad, initial={"expectation": row.pk} | initial)


def finding_form(room: Room, row: Expectation, finding: Finding | None, tallies: Sequence[Tally]) -> Form:
    """Proposes what most people think, in their words; of a tie nothing."""
    most = [tally for tally in tallies if tally.count == tallies[0].count]
    said = {"verdict": most[0].verdict, "evidence": "; ".join(most[0].evidence)[:400]} if len(most) == 1 else {}
    initial = {"expectation": row.pk, "seen": finding.pk if finding else 0} | said
    return AgreedForm(squad=room.workshop.squad, about=row.pk, initial=initial)
