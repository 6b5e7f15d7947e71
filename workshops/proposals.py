"""What is proposed of a metric before anybody has thought about it: a start, to be changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd.models import User
from metrics.models import Metric
from workshops.models import Bucket, Card

DUE_AFTER = timedelta(days=90)
COUNTED = re.compile(r"^\W*(how many|how often|number of|count of|wie viele|wie oft|anzahl)\b", re.IGNORECASE)
UNITS = (
    (re.compile(r"%|\b(percent|share|rate|ratio|prozent|anteil|quote)\b", re.IGNORECASE), "%"),
    (re.compile(r"\b(hours?|stunden?)\b", re.IGNORECASE), "h"),
    (re.compile(r"\b(minutes?|minuten?)\b", re.IGNORECASE), "min"),
    (re.compile(r"\b(days?|tagen?)\b", re.IGNORECASE), gettext_lazy("days")),
)
LESS = re.compile(
    r"\b(late|delay\w*|wait\w*|error\w*|fail\w*|miss\w*|lost|lose|bugs?|incidents?|complain\w*|cancel\w*|costs?|down"
    r"|spät\w*|verspät\w*|wart\w*|fehl\w*|verfehl\w*|verpass\w*|verlor\w*|verlier\w*|störung\w*|beschwer\w*"
    r"|abgesag\w*|absag\w*|ausfäll\w*|ausgefall\w*|storn\w*|kosten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What a question's own words say about its answer."""

    unit: str
    reading: str
    direction: str


def read(question: str) -> Reading:
    return Reading(
        unit=next((str(unit) for pattern, unit in UNITS if pattern.search(question)), ""),
        reading="counter:sum" if COUNTED.search(question) else "gauge:last",
        direction=Metric.Direction.DOWN if LESS.search(question) else Metric.Direction.UP,
    )


def of(card: Card, *, owner: User, today: date) -> dict[str, object]:
    """Everything that the form of an adoption can be filled with."""
    read_of_it = read(card.text)
    return {
        "owner": owner,
        "feed": "day",
        "due": today + DUE_AFTER,
        "start": today,
        "definition": _("The answer to “%(question)s”.") % {"question": card.text.strip('“”"')},
        "expectation": card.expectation,
        "unit": (card.bucket.unit if card.bucket else "") or read_of_it.unit,
        "reading": read_of_it.reading,
        "direction": read_of_it.direction,
        "if_wrong": promised(card.bucket, read_of_it.direction),
        "why": card.bucket.question if card.bucket else "",
    }


def promised(bucket: Bucket | None, direction: str) -> str:
    """What the decision test says of the bad way. What it says of the good one is no answer to it."""
    if bucket is None:
        return ""
    return bucket.if_falls if direction == Metric.Direction.UP else bucket.if_rises
