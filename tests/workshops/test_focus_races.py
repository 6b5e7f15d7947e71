"""Two people at once, or eight: one end state and one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError

from mdd.constraints import constraint_of
from mdd.models import Role
from metrics.models import Metric, Waiting
from tests.builders import make_member, make_squad
from tests.races import alone, race
from tests.workshops import builders_focus as builders
from workshops.actions import focus
from workshops.actions.refusals import Refused
from workshops.models import Adoption, Bucket, Card, Decision, Participant, Vote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by() -> Participant:
    ada = make_member(make_squad(), Role.ADMIN, name="Ada")
    workshop = builders.make_workshop(ada.memberships.get().squad, ada, stage="wrap-up")
    return Participant.objects.select_related("user", "workshop__topic").get(workshop=workshop)


@pytest.fixture
def finalists(by: Participant) -> list[Bucket]:
    return builders.make_finalists(by.workshop)


def dot(bucket: Bucket, by: Participant) -> Callable[[], None]:
    return lambda: focus.dot(bucket, change=1, by=by, operation=uuid4())


def test_two_dots_at_once_stay_in_the_budget(by: Participant, finalists: list[Bucket]) -> None:
    second = race(dot(finalists[0], by), dot(finalists[1], by))

    with pytest.raises(Refused, match="All your dots"):
        second.result()
    assert Vote.objects.get().bucket == finalists[0]


def test_two_that_decide_differently_make_one_decision(by: Participant, finalists: list[Bucket]) -> None:
    second = race(lambda: builders.decide(finalists[0], by), lambda: builders.decide(finalists[1], by))

    with pytest.raises(Refused, match="has decided meanwhile"):
        second.result()
    assert Decision.objects.get().bucket == finalists[0]


def test_eight_that_adopt_at_once_make_one_metric(by: Participant, finalists: list[Bucket]) -> None:
    card = finalists[0].cards.get()

    with ThreadPoolExecutor(8) as pool:
        adoptions = list(pool.map(lambda _: alone(lambda: builders.adopt(card, by)), range(8)))

    assert len(set(adoptions)) == 1
    assert (Metric.objects.count(), Adoption.objects.count(), Waiting.objects.count()) == (1, 1, 1)


def park(card: Card) -> Callable[[], object]:
    """As raw as it can be: no action stands before it."""
    return lambda: Card.objects.filter(pk=card.pk).update(state="parked", reason="later")


def test_a_card_that_is_adopted_first_is_not_parked(by: Participant, finalists: list[Bucket]) -> None:
    card = finalists[0].cards.get()

    parking = race(lambda: builders.adopt(card, by), park(card))

    with pytest.raises(IntegrityError) as refused:
        parking.result()
    assert constraint_of(refused.value) == "card_adopted_stays"


def test_a_card_that_is_parked_first_is_not_adopted(by: Participant, finalists: list[Bucket]) -> None:
    card = finalists[0].cards.get()

    adopting = race(park(card), lambda: builders.adopt(card, by))

    with pytest.raises(Refused, match="was parked meanwhile"):
        adopting.result()
    assert (Metric.objects.count(), Card.objects.get(pk=card.pk).state) == (0, "parked")


def test_two_cards_of_a_bucket_adopted_at_once_share_its_dashboard(by: Participant, finalists: list[Bucket]) -> None:
    first = finalists[0].cards.get()
    second = builders.make_card(by.workshop, bucket=finalists[0])

    race(lambda: builders.adopt(first, by), lambda: builders.adopt(second, by)).result()

    assert Waiting.objects.values("dashboard").distinct().count() == 1
