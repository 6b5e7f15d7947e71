"""What the board's templates ask for."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from mdd.models import Expectation
from workshops import board_files
from workshops.copies import CardCopy
from workshops.models import Card
from workshops.wording import LONGEST

register = template.Library()

SIGNS = {Card.Kind.QUESTION: "?", Card.Kind.METRIC: "#", Card.Kind.HUNCH: "!", Card.Kind.EVIDENCE: "“"}
KEYS = [
    ("← ↑ ↓ →", _("walk over cards and buckets")),
    (_("Space"), _("pick up, put down")),
    ("G", _("group with a card or bucket, the likeliest first")),
    ("N", _("new bucket, with what is in hand")),
    ("U", _("take out of the bucket")),
    ("R", _("rename the bucket")),
    ("/", _("find a card")),
    ("Ctrl Z", _("undo what I did last")),
    ("Ctrl Y", _("do it again")),
    ("Esc", _("put everything back")),
]
JUDGING = [
    ("↑ ↓", _("walk over the cards")),
    ("K", _("keep")),
    ("P", _("park, then 1 to 6 for the reason")),
    ("S", _("skip")),
    ("E", _("edit the wording")),
    ("Ctrl Z", _("undo what I did last")),
    ("Ctrl Y", _("do it again")),
]


@register.filter
def sign(kind: str) -> str:
    """The sign that makes a card of this kind when it comes first."""
    return SIGNS[Card.Kind(kind)]


@register.filter
def card_notes(card: CardCopy) -> list[str]:
    """What is said of a card beside its words."""
    return list(board_files.notes(card))


@register.filter
def lean(card: int) -> int:
    """Which of five ways a card lies askew."""
    return card % 5


@register.filter
def of(rows: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key, or None."""
    return rows.get(key)


@register.simple_tag
def keys(stage: str) -> list[tuple[Any, Any]]:
    return JUDGING if stage == "prune" else KEYS


@register.filter
def as_question(expectation: Expectation) -> str:
    """An expectation as the card that is thrown for it by one tap: "Bags arrive with their owners?"."""
    return f"{Truncator(expectation.text.rstrip(' .!?')).chars(LONGEST - 1)}?"
