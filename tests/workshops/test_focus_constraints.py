"""Each rule that the database holds for votes, decisions and adoptions is broken once, and no rule is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Model

from mdd.constraints import constraint_of
from metrics.models import Metric
from tests.builders import make_metric, make_squad
from tests.workshops import builders_focus as builders
from workshops.models import Adoption, Card, Consent, Decision, Participant, Vote, Workshop

Break = Callable[[Workshop, Participant], object]


def vote(workshop: Workshop, by: Participant, **fields: Any) -> Vote:
    bucket = fields.pop("bucket", None) or builders.make_bucket(workshop)
    return Vote.objects.create(**({"bucket": bucket, "participant": by, "dots": 1} | fields))


def two_votes(workshop: Workshop, by: Participant) -> None:
    first = vote(workshop, by)
    vote(workshop, by, bucket=first.bucket)


def consent(workshop: Workshop, by: Participant, **fields: Any) -> Consent:
    bucket = fields.pop("bucket", None) or builders.make_bucket(workshop)
    return Consent.objects.create(
        **({"bucket": bucket, "participant": by, "about": bucket.stamp, "value": "fine"} | fields)
    )


def two_consents(workshop: Workshop, by: Participant) -> None:
    first = consent(workshop, by)
    consent(workshop, by, bucket=first.bucket)


def decide(workshop: Workshop, by: Participant, **fields: Any) -> Decision:
    wanted = {
        "number": 1,
        "question": "Do callers get answers?",
        "if_rises": "thank the desk",
        "gaming": "hang up",
        "guardrail": "nobody is cut off",
        "review_date": builders.today(),
    }
    bucket = builders.make_bucket(workshop)
    return Decision.objects.create(workshop=workshop, bucket=bucket, by=by.member, **(wanted | fields))


def two_decisions(workshop: Workshop, by: Participant) -> None:
    for _ in range(2):
        decide(workshop, by)


def adopt(card: Card, by: Participant, metric: Metric | None = None) -> Adoption:
    return Adoption.objects.create(card=card, metric=metric or make_metric(card.workshop.squad), by=by.member)


def adopted(workshop: Workshop, by: Participant) -> Card:
    card = builders.make_card(workshop, bucket=builders.make_bucket(workshop))
    adopt(card, by)
    return card


def move(workshop: Workshop, by: Participant, **fields: Any) -> None:
    Card.objects.filter(pk=adopted(workshop, by).pk).update(**fields)


BROKEN: list[tuple[str, Break]] = [
    ("vote_one_each_per_bucket", two_votes),
    ("vote_has_a_dot", lambda workshop, by: vote(workshop, by, dots=0)),
    ("consent_one_each_per_words", two_consents),
    ("consent_says_what_worries", lambda workshop, by: consent(workshop, by, value="concern")),
    ("consent_value_known", lambda workshop, by: consent(workshop, by, value="maybe", text="hm")),
    ("decision_once_per_number", two_decisions),
    ("decision_asks_a_question", lambda workshop, by: decide(workshop, by, question="")),
    ("decision_leads_to_an_action", lambda workshop, by: decide(workshop, by, if_rises="", if_falls="")),
    ("decision_has_a_guardrail", lambda workshop, by: decide(workshop, by, guardrail="")),
]
HELD_BY_TRIGGERS: list[tuple[str, Break]] = [
    ("adoption_of_a_survivor", lambda workshop, by: adopt(builders.make_card(workshop, state="thrown"), by)),
    (
        "adoption_within_the_squad",
        lambda workshop, by: adopt(builders.make_card(workshop), by, make_metric(make_squad())),
    ),
    ("card_adopted_stays", lambda workshop, by: move(workshop, by, state="parked", reason="later")),
    ("card_adopted_stays", lambda workshop, by: move(workshop, by, state="thrown", bucket=None)),
    ("card_adopted_stays", lambda workshop, by: move(workshop, by, bucket=builders.make_bucket(workshop))),
]


@pytest.fixture
def by(focusing: Workshop, facilitator: Participant) -> Participant:
    return facilitator


@pytest.mark.parametrize(("name", "breaking"), BROKEN + HELD_BY_TRIGGERS)
def test_the_database_holds(focusing: Workshop, by: Participant, name: str, breaking: Break) -> None:
    with pytest.raises(IntegrityError) as refused:
        breaking(focusing, by)

    assert constraint_of(refused.value) == name


def test_no_rule_is_left_out() -> None:
    models: list[type[Model]] = [Vote, Consent, Decision, Adoption]

    assert {each.name for model in models for each in model._meta.constraints} == {name for name, _ in BROKEN}


@pytest.mark.parametrize("what", ["card", "metric"])
def test_a_card_and_a_metric_are_adopted_once(focusing: Workshop, by: Participant, what: str) -> None:
    first = adopt(builders.make_card(focusing), by)
    card = first.card if what == "card" else builders.make_card(focusing)

    with pytest.raises(IntegrityError, match=f"{what}_id"):
        adopt(card, by, None if what == "card" else first.metric)


def test_the_words_of_an_adopted_card_may_be_mended(focusing: Workshop, by: Participant) -> None:
    card = adopted(focusing, by)

    Card.objects.filter(pk=card.pk).update(text="How long?")
