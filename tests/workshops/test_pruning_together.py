"""Prune together: everybody follows one bucket, and a card that is split gets its minute."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mdd.constraints import constraint_of
from mdd.models import Event, Squad, User
from tests.workshops.boards import bucket_of, judge, make_card, make_workshop, page_of, post, send
from workshops.models import Card, Pruning, Stage, Workshop

AROUND = "You look around."


@pytest.fixture
def workshop(squad: Squad, ada: User, mia: User) -> Workshop:
    """A card in Usage, one in System Health; Ada leads."""
    workshop = make_workshop(squad, ada, stage=Stage.PRUNE)
    make_card(workshop, mia, "Who waits?", bucket=bucket_of(workshop))
    make_card(workshop, mia, "Who is up?", bucket=bucket_of(workshop, "System Health"))
    return workshop


@pytest.fixture
def health(workshop: Workshop) -> int:
    return bucket_of(workshop, "System Health").pk


@pytest.fixture
def split(workshop: Workshop, ada: User, mia: User, as_ada: Client) -> Card:
    """Kept by one and parked by the other, and settled so."""
    card = Card.objects.get(text="Who waits?")
    judge(card, ada)
    judge(card, mia, "later")
    post(as_ada, workshop, "settle-cards", bucket=card.bucket_id)
    return card


def test_all_follow_where_the_facilitator_leads(
    as_ada: Client, as_mia: Client, workshop: Workshop, health: int
) -> None:
    assert "Keep: Who waits?" in page_of(as_mia, workshop)

    send(as_ada, workshop, "lead-to-bucket", bucket=health)

    page = page_of(as_mia, workshop)
    assert "Keep: Who is up?" in page
    assert AROUND not in page
    assert Event.objects.get(kind="bucket-chosen").payload == {"bucket": health}


def test_the_loose_cards_are_a_place_too(as_ada: Client, as_mia: Client, workshop: Workshop, mia: User) -> None:
    make_card(workshop, mia, "Loose one")

    send(as_ada, workshop, "lead-to-bucket", bucket="")

    assert "Keep: Loose one" in page_of(as_mia, workshop)


def test_who_looks_around_is_told_where_the_others_are(as_mia: Client, workshop: Workshop, health: int) -> None:
    page = page_of(as_mia, workshop, bucket=health)

    assert "Keep: Who is up?" in page
    assert AROUND in page
    assert f'href="{workshop.get_absolute_url()}" data-view>Return' in page
    assert "Bring everybody here" not in page


def test_the_facilitator_may_bring_everybody_or_go_on(as_ada: Client, workshop: Workshop, health: int) -> None:
    assert "Bring everybody here" in page_of(as_ada, workshop, bucket=health)
    assert "Next: System Health" in page_of(as_ada, workshop)


def test_leading_sent_twice_leads_once(as_ada: Client, workshop: Workshop, health: int) -> None:
    key = uuid4()

    for _ in range(2):
        send(as_ada, workshop, "lead-to-bucket", bucket=health, operation=key)

    assert Event.objects.filter(kind="bucket-chosen").count() == 1


def test_a_bucket_of_another_workshop_is_none_here(as_ada: Client, workshop: Workshop, squad: Squad, ada: User) -> None:
    other = bucket_of(make_workshop(squad, ada))

    assert "That bucket is not there any more." in post(as_ada, workshop, "lead-to-bucket", bucket=other.pk)
    assert not Pruning.objects.exists()


def test_who_only_takes_part_leads_nobody(as_mia: Client, workshop: Workshop, health: int) -> None:
    assert "Only a facilitator can do that." in post(as_mia, workshop, "lead-to-bucket", bucket=health)
    card = Card.objects.get(text="Who is up?")
    assert "Only a facilitator can do that." in post(as_mia, workshop, "talk", card.pk)
    assert not Pruning.objects.exists()


def test_a_bucket_that_is_emptied_is_led_to_no_longer(as_ada: Client, workshop: Workshop, health: int) -> None:
    send(as_ada, workshop, "lead-to-bucket", bucket=health)
    Card.objects.filter(text="Who is up?").update(bucket=None, state="thrown")

    assert "Keep: Who waits?" in page_of(as_ada, workshop)


def test_nobody_is_taken_elsewhere_when_the_last_card_settles(
    as_ada: Client, as_mia: Client, workshop: Workshop
) -> None:
    card = Card.objects.get(text="Who waits?")

    for client in (as_mia, as_ada):
        page = post(client, workshop, "judge", card.pk, verdict="keep")

    card.refresh_from_db()
    assert card.state == "survived"
    for seen in (page, page_of(as_mia, workshop)):
        assert "Nothing is left to judge here." in seen
        assert AROUND not in seen
    assert "Next: System Health" in page


def test_a_decision_takes_nobody_elsewhere_either(as_ada: Client, as_mia: Client, workshop: Workshop) -> None:
    card = Card.objects.get(text="Who waits?")

    send(as_ada, workshop, "decide-card", card.pk, verdict="keep")

    assert "Nothing is left to judge here." in page_of(as_mia, workshop)


def test_a_split_card_gets_a_minute_that_all_see(
    as_ada: Client, as_mia: Client, workshop: Workshop, split: Card
) -> None:
    send(as_ada, workshop, "talk", split.pk)

    place = Pruning.objects.get()
    assert place.talk_ends_at is not None
    assert timedelta(seconds=55) < place.talk_ends_at - timezone.now() <= timedelta(seconds=60)
    assert 'seconds="60"' in page_of(as_mia, workshop)
    assert "Another minute" in page_of(as_ada, workshop)


def test_leading_on_ends_the_talk(as_ada: Client, workshop: Workshop, split: Card, health: int) -> None:
    send(as_ada, workshop, "talk", split.pk)

    send(as_ada, workshop, "lead-to-bucket", bucket=health)

    assert Pruning.objects.get().talk is None


def test_what_is_decided_is_not_talked_about(as_ada: Client, workshop: Workshop, split: Card) -> None:
    Card.objects.filter(pk=split.pk).update(state="survived")

    assert "Somebody has kept “Who waits?” already." in post(as_ada, workshop, "talk", split.pk)


@pytest.mark.parametrize("has_card", [True, False])
def test_a_talk_has_a_card_and_an_end(workshop: Workshop, *, has_card: bool) -> None:
    card = Card.objects.get(text="Who waits?")
    half = {"talk": card} if has_card else {"talk_ends_at": timezone.now()}

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Pruning.objects.create(workshop=workshop, **half)

    assert constraint_of(refused.value) == "pruning_talks_until_a_moment"
    assert [each.name for each in Pruning._meta.constraints] == ["pruning_talks_until_a_moment"]
