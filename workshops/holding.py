"""Who has a card in hand at this moment: a hint, which nobody writes down. What a move finds is the truth."""

from __future__ import annotations

from collections.abc import Sequence

from mdd import live
from workshops.models import Participant, Workshop

MOST = 100


def tell(workshop: Workshop, *, tab: str, cards: Sequence[int], by: Participant) -> None:
    """Let the others' pages show it for a while. Where nobody is to know who does what, it has no name."""
    name = "" if workshop.is_anonymous else by.short_name
    live.whisper(workshop.topic_id, {"tab": tab, "name": name, "cards": cards[:MOST]})
