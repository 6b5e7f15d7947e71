"""Each rule that the database holds for marks and suggestions is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from mdd.constraints import constraint_of
from mdd.models import Squad, User
from tests.workshops.boards import bucket_of, make_card, make_workshop
from workshops.models import Card, Comparison, Mark, Participant, SuggestedCard, Suggestion

Break = Callable[[Card, Card], object]


def twice(card: Card, other: Card) -> None:
    for _ in range(2):
        Mark.objects.create(card=card, other=other)


def suggested_twice(card: Card, _other: Card) -> None:
    suggestion = Suggestion.objects.create(by=place_of(card), title="Bugs")
    for _ in range(2):
        SuggestedCard.objects.create(suggestion=suggestion, card=card, text=card.text)


def neither(card: Card, _other: Card) -> None:
    Suggestion.objects.create(by=place_of(card))


def both(card: Card, _other: Card) -> None:
    Suggestion.objects.create(by=place_of(card), title="Bugs", bucket=bucket_of(card.workshop))


def place_of(card: Card) -> Participant:
    return Participant.objects.get(workshop=card.workshop)


BROKEN: list[tuple[str, Break]] = [
    ("mark_once_a_pair", twice),
    ("mark_joins_two_cards", lambda card, _other: Mark.objects.create(card=card, other=card)),
    ("suggestion_names_a_new_bucket_or_another", neither),
    ("suggestion_names_a_new_bucket_or_another", both),
    ("suggested_card_once_a_group", suggested_twice),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN)
def test_the_database_holds(squad: Squad, ada: User, name: str, breaking: Break) -> None:
    workshop = make_workshop(squad, ada)
    card, other = make_card(workshop, ada), make_card(workshop, ada)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        breaking(card, other)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    models = (Comparison, Mark, Suggestion, SuggestedCard)

    assert {each.name for model in models for each in model._meta.constraints} == {name for name, _ in BROKEN}
