"""Reading what people throw: one thought a line, its kind by the first sign."""

from __future__ import annotations

import re
from typing import NamedTuple

from workshops.models import Card

SIGNS = {
    "?": Card.Kind.QUESTION,
    "#": Card.Kind.METRIC,
    "!": Card.Kind.HUNCH,
    **dict.fromkeys('"“„«', Card.Kind.EVIDENCE),
}
BULLET = re.compile(r"^(?:[-*•–·]|\d{1,3}[.)])\s+")


class Thought(NamedTuple):
    """A card that is about to be thrown. `weight`: how often it came up."""

    text: str
    kind: Card.Kind
    weight: int = 1


def read(pasted: str, *, kind: str = "") -> list[Thought]:
    """The thoughts in a text. A sign wins over the `kind` that was chosen, which wins over the question mark."""
    lines = (" ".join(BULLET.sub("", line.strip()).split()) for line in pasted.splitlines())
    return [thought(line, kind) for line in lines if line]


def thought(line: str, kind: str) -> Thought:
    sign = SIGNS.get(line[0])
    text = line[1:].strip() if sign else line
    if sign == Card.Kind.EVIDENCE:
        text = text.rstrip('"”“»').strip()
    return Thought(text, sign or (Card.Kind(kind) if kind else supposed(text)))


def supposed(text: str) -> Card.Kind:
    """What says that it asks is a question; what says nothing is a hunch."""
    return Card.Kind.QUESTION if text.endswith(("?", "？", "؟")) else Card.Kind.HUNCH
