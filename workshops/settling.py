"""When private verdicts settle a card, what is talked about first, and when a parked card asks again."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import ngettext

from workshops.models import Card, Keep, Reason, Workshop

LATER, LONG = 3, 6


@dataclass(frozen=True)
class Tally:
    """How those who judged a card judged it. No names; `entered` is how many others spoke for."""

    keep: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    entered: int = 0

    @property
    def park(self) -> int:
        return sum(self.reasons.values())

    @property
    def judged(self) -> int:
        return self.keep + self.park

    @property
    def is_unanimous(self) -> bool:
        return self.judged > 0 and self.judged in {self.keep, self.park}

    @property
    def is_split(self) -> bool:
        return self.keep > 0 and self.park > 0

    @property
    def spread(self) -> tuple[float, int]:
        """Greatest where the squad is divided most evenly; of two such, where more have judged."""
        return (min(self.keep, self.park) / max(self.judged, 1), self.judged)

    @property
    def reason(self) -> str:
        """What most gave as their reason to park, the first of the list where several did."""
        return max(Reason.values, key=lambda reason: self.reasons.get(reason, 0)) if self.reasons else ""

    @property
    def told(self) -> list[tuple[str, int]]:
        """The reasons in words, each with how many gave it."""
        return [
            (str(Reason(reason).label), self.reasons[reason]) for reason in Reason.values if self.reasons.get(reason)
        ]


def tallies(cards: Iterable[int]) -> dict[int, Tally]:
    """The tally of each card that anybody has judged. For those who may know: it tells what is private."""
    entered = Count("pk", filter=Q(participant__has_device=False))
    given = Keep.objects.filter(card__in=cards).values("card", "value", "reason")
    rows = given.annotate(count=Count("pk"), entered=entered)
    return counted(rows)


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[int, Tally]:
    keeps: Counter[int] = Counter()
    reasons: dict[int, Counter[str]] = {}
    entered: Counter[int] = Counter()
    for row in rows:
        entered[row["card"]] += row.get("entered", 0)
        reasons.setdefault(row["card"], Counter())
        if row["value"] == Keep.Value.KEEP:
            keeps[row["card"]] += row["count"]
        else:
            reasons[row["card"]][row["reason"]] += row["count"]
    return {card: Tally(keeps[card], reasons[card], entered[card]) for card in reasons}


def unsettled(workshop: Workshop) -> int:
    """How many cards that lie face up are neither kept nor parked."""
    return Card.objects.in_play().filter(workshop=workshop, is_revealed=True).count()


def told_of(left: int) -> str:
    return ngettext("%(n)s card is not settled yet", "%(n)s cards are not settled yet", left) % {"n": left}


def proposed(reason: str, today: date) -> date:
    """When a card that is parked for this reason asks again."""
    return months_after(today, LATER if reason == Reason.LATER else LONG)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
