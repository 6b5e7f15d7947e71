"""Each rule that the database holds for the board and its verdicts is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mdd.constraints import constraint_of
from mdd.models import Squad, User
from tests.workshops.boards import bucket_of, make_card, make_workshop, place_of
from workshops.models import Bucket, Card, CardWording, Consent, Keep, Vote, Workshop

Break = Callable[[Workshop, User], object]
MODELS = (Bucket, Card, CardWording, Keep, Vote, Consent)


def card(**fields: Any) -> Break:
    return lambda workshop, by: make_card(workshop, by, **fields)


def grouped(**fields: Any) -> Break:
    return lambda workshop, by: make_card(workshop, by, bucket=bucket_of(workshop), **fields)


def bucket(**fields: Any) -> Break:
    return lambda workshop, _by: Bucket.objects.create(workshop=workshop, **({"title": "Usage"} | fields))


def keep(*verdicts: tuple[str, str]) -> Break:
    def made(workshop: Workshop, by: User) -> None:
        judged = make_card(workshop, by)
        for value, reason in verdicts:
            Keep.objects.create(card=judged, participant=judged.participant, value=value, reason=reason)

    return made


def vote(*dots: int) -> Break:
    def made(workshop: Workshop, by: User) -> None:
        for number in dots:
            Vote.objects.create(bucket=bucket_of(workshop), participant=place_of(workshop, by), dots=number)

    return made


def consent(*said: tuple[str, str]) -> Break:
    def made(workshop: Workshop, by: User) -> None:
        for value, text in said:
            about = bucket_of(workshop)
            place = place_of(workshop, by)
            Consent.objects.create(bucket=about, about=about.stamp, participant=place, value=value, text=text)

    return made


BROKEN: list[tuple[str, Break]] = [
    ("bucket_has_a_title", bucket(title="")),
    ("bucket_origin_known", bucket(origin="heaven")),
    ("card_has_a_text", card(text="")),
    ("card_weighs_something", card(weight=0)),
    ("card_parked_exactly_when_with_reason", card(state="parked")),
    ("card_comes_back_only_when_parked", card(parked_until=date(2027, 1, 1))),
    ("card_grouped_lies_in_a_bucket", card(state="grouped")),
    ("card_thrown_lies_in_none", grouped(state="thrown")),
    ("card_kind_known", card(kind="joke")),
    ("card_state_known", card(state="eaten")),
    ("card_reason_known", card(state="parked", reason="boredom")),
    ("keep_one_each_per_card", keep(("keep", ""), ("park", "later"))),
    ("keep_parks_exactly_with_a_reason", keep(("park", ""))),
    ("keep_value_known", keep(("hold", ""))),
    ("keep_reason_known", keep(("park", "boredom"))),
    ("vote_one_each_per_bucket", vote(1, 2)),
    ("vote_has_a_dot", vote(0)),
    ("consent_one_each_per_words", consent(("fine", ""), ("fine", ""))),
    ("consent_says_what_worries", consent(("objection", ""))),
    ("consent_value_known", consent(("maybe", "Hm"))),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN, ids=[name for name, _ in BROKEN])
def test_the_database_holds(squad: Squad, ada: User, name: str, breaking: Break) -> None:
    workshop = make_workshop(squad, ada)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        breaking(workshop, ada)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    declared = {each.name for model in MODELS for each in model._meta.constraints}

    assert declared == {name for name, _ in BROKEN}


def test_a_card_lies_in_a_bucket_of_its_own_workshop(squad: Squad, ada: User) -> None:
    ours, theirs = make_workshop(squad, ada), make_workshop(squad, ada)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_card(ours, ada, bucket=bucket_of(theirs))

    assert constraint_of(refused.value) == "card_lies_in_its_own_workshop"
