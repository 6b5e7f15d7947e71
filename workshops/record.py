"""The decision record: what was decided, why, and what else was on the table. As a page, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops import focus, guesses
from workshops.focus import Place
from workshops.models import Adoption, Card, Decision


@dataclass(frozen=True)
class Record:
    """One decision, in full."""

    workshop: str
    squad: str
    number: int
    question: str
    if_rises: str
    if_falls: str
    guardrail: str
    gaming: str
    dissent: str
    review_date: date
    decided_by: str
    decided_at: datetime
    bucket: str
    cards: Sequence[str]
    dots: Sequence[tuple[str, int]]
    guessed: str
    metrics: Sequence[str]


def of(decision: Decision) -> Record:
    """The record of a decision, with workshop and squad at hand, for whoever may read that. Five queries."""
    workshop = decision.workshop
    survivors = Card.objects.survivors().filter(bucket=decision.bucket, is_revealed=True).order_by("pk")
    adopted = Adoption.objects.filter(card__bucket=decision.bucket).order_by("pk")
    return Record(
        workshop=workshop.title,
        squad=workshop.squad.name,
        number=decision.number,
        question=decision.question,
        if_rises=decision.if_rises,
        if_falls=decision.if_falls,
        guardrail=decision.guardrail,
        gaming=decision.gaming,
        dissent=decision.dissent,
        review_date=decision.review_date,
        decided_by=decision.by.name,
        decided_at=decision.at.astimezone(workshop.squad.tz),
        bucket=decision.bucket.title,
        cards=[card.text for card in survivors],
        dots=[(named(place), place.dots) for place in ranked(decision)],
        guessed=guessed(decision),
        metrics=list(adopted.values_list("metric__question", flat=True)),
    )


def guessed(decision: Decision) -> str:
    """What people thought that it was, before anybody looked."""
    spread = guesses.spreads([decision.bucket_id]).get(decision.bucket_id)
    if spread is None:
        return ""
    count = len(spread.values)
    said = ngettext("%(spread)s, by %(n)s person", "%(spread)s, by %(n)s people", count)
    return said % {"spread": spread, "n": count}


def ranked(decision: Decision) -> list[Place]:
    places = focus.ranking(list(focus.candidates(decision.workshop)))
    return [place for place in places if place.dots]


def named(place: Place) -> str:
    return place.bucket.question or place.bucket.title


def as_json(record: Record) -> dict[str, object]:
    """Plain values, dates as ISO 8601."""
    said = asdict(record)
    dates = {"review_date": record.review_date.isoformat(), "decided_at": record.decided_at.isoformat()}
    return said | dates | {"dots": [{"question": question, "dots": dots} for question, dots in record.dots]}


def as_markdown(record: Record) -> str:
    """The record as a text that wikis and repositories take."""
    heading = f"# {plain(record.question)}\n\n{decided(record)}"
    return "\n\n".join([heading, *(section(title, text) for title, text in sections(record).items() if text)]) + "\n"


def decided(record: Record) -> str:
    said = {"n": record.number, "name": record.decided_by, "workshop": record.workshop, "squad": record.squad}
    day = formats.date_format(record.decided_at, _("j M Y"))
    text = _("Decision %(n)d of “%(workshop)s”, %(squad)s. Decided by %(name)s on %(day)s.") % {**said, "day": day}
    return plain(text)


def sections(record: Record) -> Mapping[str, str]:
    return {
        _("If it rises we will"): plain(record.if_rises),
        _("If it falls we will"): plain(record.if_falls),
        _("What must not get worse meanwhile"): plain(record.guardrail),
        _("How it could be gamed"): plain(record.gaming),
        _("Dissent"): plain(record.dissent),
        _("Look at it again on"): formats.date_format(record.review_date, _("j M Y")),
        _("Guessed before anybody looked"): plain(record.guessed),
        _("The cards it grew from"): bullets(record.cards),
        _("What got dots"): bullets([f"{question}: {dots}" for question, dots in record.dots]),
        _("Metrics"): bullets(record.metrics),
    }


def section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {plain(text)}" for text in texts)


def plain(text: str) -> str:
    """Text that stays text: nothing that somebody wrote becomes a heading, a link or HTML."""
    for sign in "\\`*_[]<>#|~":
        text = text.replace(sign, f"\\{sign}")
    return "\n".join(line.strip() for line in text.splitlines())
