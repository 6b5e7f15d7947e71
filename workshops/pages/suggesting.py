"""The groups that were suggested to somebody, beside the board as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshops import suggestions
from workshops.models import Card, SuggestedCard, Suggestion
from workshops.rooms import Room


@dataclass(frozen=True)
class Proposed:
    """A suggested group. What has been moved or worded anew since is only counted."""

    suggestion: Suggestion
    cards: Sequence[Card]

    @property
    def changed(self) -> int:
        return len(self.suggestion.cards.all()) - len(self.cards)


def context(room: Room) -> dict[str, object]:
    if not room.may_write or not room.workshop.is_open or room.me is None:
        return {"proposed": [], "may_ask": room.may_write and room.workshop.is_open}
    proposed = [propose(row) for row in Suggestion.objects.of(room.me)]
    shown = [each for each in proposed if each.cards]
    return {"proposed": shown, "foreign": foreign(room) if shown else 0, "may_ask": True}


def propose(suggestion: Suggestion) -> Proposed:
    return Proposed(suggestion, [each.card for each in suggestion.cards.all() if is_as_suggested(each)])


def is_as_suggested(row: SuggestedCard) -> bool:
    return row.card.is_loose and row.card.text == row.text


def foreign(room: Room) -> int:
    """How many cards are in a language that suggestions do not understand."""
    return len(suggestions.foreign([card.text for card in room.reading.cards if not card.is_parked]))
