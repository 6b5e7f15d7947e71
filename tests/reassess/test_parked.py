"""A parked card's day has come: who is asked, and what the three decisions do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from mdd.models import Event, Squad, User
from metrics import evaluating
from metrics.models import Reassessment, Ruling
from workshops.actions import workshops
from workshops.models import Bucket, Card, Keep, Participant

DAY = timedelta(days=1)


@pytest.fixture
def today(squad: Squad) -> date:
    return timezone.now().astimezone(squad.tz).date()


@pytest.fixture
def card(squad: Squad, ada: User, today: date) -> Card:
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
    return Card.objects.create(
        workshop=workshop,
        text="How many bags miss their flight?",
        participant=Participant.objects.get(workshop=workshop),
        state="parked",
        reason="later",
        parked_until=today,
        is_revealed=True,
    )


def decided(client: Client, decision: str, **fields: Any) -> Card:
    evaluating.evaluate(timezone.now())
    prompt = Reassessment.objects.get()
    data = {"decision": decision, "reason": "We have the time now", "operation": uuid4()} | fields
    assert client.post(prompt.get_absolute_url(), data).status_code == 302
    return Card.objects.get()


def test_a_card_is_asked_about_once_on_its_day(card: Card) -> None:
    for hours in range(3):
        evaluating.evaluate(timezone.now() + timedelta(hours=hours))

    prompt = Reassessment.objects.get()
    assert (prompt.trigger, prompt.title, prompt.metric) == ("parked", card.text, None)
    assert prompt.facts["sentence"] == "Parked because: later."


@pytest.mark.parametrize(
    "fields", [{"parked_until": None}, {"is_revealed": False}, {"state": "thrown", "reason": "", "parked_until": None}]
)
def test_a_card_without_a_day_or_that_is_nobody_elses_is_not_asked_about(card: Card, fields: dict[str, Any]) -> None:
    Card.objects.update(**fields)

    evaluating.evaluate(timezone.now())

    assert not Reassessment.objects.exists()


def test_a_card_is_not_asked_about_the_day_before(card: Card, today: date) -> None:
    Card.objects.update(parked_until=today + DAY)

    evaluating.evaluate(timezone.now())

    assert not Reassessment.objects.exists()


def test_kept_parked_it_is_asked_about_again_on_the_next_day(as_lea: Client, card: Card, today: date) -> None:
    until = today + 30 * DAY

    after = decided(as_lea, "keep", **{"keep-next_review": until.isoformat()})
    evaluating.evaluate(timezone.now() + 10 * DAY)
    before = Reassessment.objects.count()
    evaluating.evaluate(timezone.now() + 31 * DAY)

    assert (after.state, after.parked_until, Ruling.objects.get().next_review) == ("parked", until, until)
    assert (before, Reassessment.objects.count()) == (1, 2)


@pytest.mark.parametrize(("is_in_bucket", "state"), [(True, "grouped"), (False, "thrown")])
def test_brought_back_it_lies_where_it_lay(as_lea: Client, card: Card, is_in_bucket: bool, state: str) -> None:
    Card.objects.update(bucket=Bucket.objects.first() if is_in_bucket else None)

    after = decided(as_lea, "adjust")

    assert (after.state, after.reason, after.parked_until) == (state, "", None)
    assert Event.objects.filter(kind="card-restored", payload__card=card.pk).count() == 1


def test_brought_back_it_is_judged_anew(as_lea: Client, card: Card) -> None:
    Keep.objects.create(card=card, participant=card.participant, value="park", reason="later")

    decided(as_lea, "adjust")

    assert not Keep.objects.exists()


def test_let_go_for_good_it_stays_parked_and_is_not_asked_about_again(as_lea: Client, card: Card) -> None:
    after = decided(as_lea, "retire")
    evaluating.evaluate(timezone.now() + 400 * DAY)

    assert (after.state, after.reason, after.parked_until) == ("parked", "later", None)
    assert Reassessment.objects.count() == 1


def test_what_somebody_brought_back_meanwhile_stays_back(as_lea: Client, card: Card) -> None:
    evaluating.evaluate(timezone.now())
    Card.objects.update(state="survived", reason="", parked_until=None)

    after = decided(as_lea, "adjust")

    assert after.state == "survived"
    assert not Event.objects.filter(kind="card-restored").exists()


def test_no_gap_is_asked_about(as_lea: Client, card: Card) -> None:
    evaluating.evaluate(timezone.now())

    page = as_lea.get(Reassessment.objects.get().get_absolute_url()).content.decode()

    assert "Keep it parked" in page
    assert "Why does the gap exist?" not in page
    assert card.workshop.get_absolute_url() in page
