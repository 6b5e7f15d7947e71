"""Judging ends by itself: when all have judged, or when the time is up. What comes later is given back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.live import feeds, key_of
from mdd.models import Event, Squad, User
from tests.races import race
from tests.workshops.boards import bucket_of, judge, make_card, make_workshop, page_of, place_of, post, send
from workshops.actions import deadlines
from workshops.models import Card, Keep, Pruning, Stage, Workshop

TOO_LATE = "The time was up before your verdict on “Who waits?” came"


@pytest.fixture
def workshop(squad: Squad, ada: User, mia: User) -> Workshop:
    workshop = make_workshop(squad, ada, stage=Stage.PRUNE)
    place_of(workshop, mia)
    return workshop


@pytest.fixture
def card(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada, "Who waits?", bucket=bucket_of(workshop))


def let_time_pass(workshop: Workshop) -> Workshop:
    """Be in the stage for so long that its box is over."""
    Workshop.objects.filter(pk=workshop.pk).update(stage_since=timezone.now() - timedelta(hours=2))
    workshop.refresh_from_db()
    return workshop


def state(card: Card) -> str:
    card.refresh_from_db()
    return card.state


def settled() -> int:
    return Event.objects.filter(kind="bucket-settled").count()


def test_the_last_verdict_settles_what_is_unanimous(
    as_ada: Client, as_mia: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    other = make_card(workshop, ada, "Who calls?", bucket=card.bucket)
    for client in (as_ada, as_mia):
        send(client, workshop, "judge", card.pk, verdict="keep")
    send(as_ada, workshop, "judge", other.pk, verdict="keep")
    assert state(card) == "grouped"

    page = post(as_mia, workshop, "judge", other.pk, verdict="later")

    assert [state(card), state(other)] == ["survived", "grouped"]
    assert "1 would keep it" in page
    event = Event.objects.get(kind="bucket-settled")
    assert (event.by, event.payload["settled"], event.payload["split"]) == ("", [card.pk], [other.pk])


def test_other_buckets_wait_for_their_own_verdicts(
    as_ada: Client, as_mia: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    loose = make_card(workshop, ada, "Loose")
    judge(loose, ada)

    for client in (as_ada, as_mia):
        send(client, workshop, "judge", card.pk, verdict="keep")

    assert [state(card), state(loose)] == ["survived", "thrown"]


def test_who_judges_alone_settles_by_hand(as_ada: Client, workshop: Workshop, card: Card) -> None:
    workshop.participants.exclude(role="facilitator").update(role="observer")

    send(as_ada, workshop, "judge", card.pk, verdict="keep")

    assert state(card) == "grouped"


def test_a_change_of_mind_after_the_talk_settles_it(
    as_ada: Client, as_mia: Client, workshop: Workshop, card: Card
) -> None:
    send(as_ada, workshop, "judge", card.pk, verdict="keep")
    send(as_mia, workshop, "judge", card.pk, verdict="later")
    assert state(card) == "grouped"

    send(as_mia, workshop, "judge", card.pk, verdict="keep")

    assert state(card) == "survived"


def test_what_is_brought_back_is_judged_anew(
    as_ada: Client, as_mia: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    for client in (as_ada, as_mia):
        send(client, workshop, "judge", card.pk, verdict="keep")

    send(as_ada, workshop, "restore", card.pk)

    assert state(card) == "grouped"
    assert not Keep.objects.exists()


def test_what_is_back_in_play_already_keeps_its_fresh_verdicts(
    as_ada: Client, as_mia: Client, workshop: Workshop, card: Card
) -> None:
    for client in (as_ada, as_mia):
        send(client, workshop, "judge", card.pk, verdict="keep")
    send(as_ada, workshop, "restore", card.pk)
    send(as_ada, workshop, "judge", card.pk, verdict="keep")

    send(as_mia, workshop, "restore", card.pk)

    assert Keep.objects.count() == 1


def test_when_the_time_is_up_whoever_looks_first_finds_it_settled(
    as_mia: Client, workshop: Workshop, ada: User, mia: User, card: Card
) -> None:
    split, unjudged = (make_card(workshop, ada, text, bucket=card.bucket) for text in ("Split", "Unjudged"))
    judge(card, ada)
    judge(split, ada)
    judge(split, mia, "later")
    let_time_pass(workshop)

    page = page_of(as_mia, workshop)

    assert [state(card), state(split), state(unjudged)] == ["survived", "grouped", "grouped"]
    assert "The time to judge is up." in page
    assert "Keep: Split" not in page
    page_of(as_mia, workshop)
    assert settled() == 1


def test_only_where_everybody_looks_the_time_settles(as_mia: Client, workshop: Workshop, ada: User, card: Card) -> None:
    other = make_card(workshop, ada, "Who is up?", bucket=bucket_of(workshop, "System Health"))
    judge(card, ada)
    judge(other, ada)
    Pruning.objects.create(workshop=workshop, bucket=other.bucket)
    let_time_pass(workshop)

    page_of(as_mia, workshop)

    assert [state(card), state(other)] == ["grouped", "survived"]


def test_a_stream_that_is_open_settles_it_too(workshop: Workshop, ada: User, card: Card) -> None:
    judge(card, ada)
    let_time_pass(workshop)

    feeds.of(workshop.topic).seen(workshop.topic, [key_of(ada)])

    assert state(card) == "survived"


@pytest.mark.django_db(transaction=True)
def test_several_who_look_at_once_settle_it_once(squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada, stage=Stage.PRUNE)
    judge(make_card(workshop, ada), ada)
    let_time_pass(workshop)

    def look() -> bool:
        return deadlines.arrive(Workshop.objects.select_related("topic").get(pk=workshop.pk))

    race(look, look)

    assert settled() == 1
    assert Event.objects.filter(kind="judging-ended").count() == 1


def test_more_minutes_let_people_judge_on(as_ada: Client, as_mia: Client, workshop: Workshop, card: Card) -> None:
    let_time_pass(workshop)
    assert TOO_LATE in post(as_mia, workshop, "judge", card.pk, verdict="keep")

    send(as_ada, workshop, "add-time", minutes=5)

    assert TOO_LATE not in post(as_mia, workshop, "judge", card.pk, verdict="keep")
    assert Keep.objects.count() == 1


def test_an_outbox_gets_back_what_came_too_late_with_the_reason(
    as_mia: Client, mia: User, workshop: Workshop, card: Card
) -> None:
    let_time_pass(workshop)
    url = reverse("workshops:judge", args=[workshop.pk, card.pk])

    response = as_mia.post(url, {"verdict": "keep", "operation": uuid4()}, headers={"MDD-Person": key_of(mia)})

    assert response.status_code == 410
    assert response["Content-Type"].startswith("text/plain")
    assert TOO_LATE in response.content.decode()
    assert not Keep.objects.exists()


def test_after_the_stage_no_verdict_counts(as_mia: Client, workshop: Workshop, card: Card) -> None:
    Workshop.objects.update(stage=Stage.FOCUS)

    assert TOO_LATE in post(as_mia, workshop, "judge", card.pk, verdict="keep")
    assert not Keep.objects.exists()


def test_the_card_that_is_talked_about_is_judged_on(as_mia: Client, workshop: Workshop, ada: User, card: Card) -> None:
    judge(card, ada, "later")
    let_time_pass(workshop)
    page_of(as_mia, workshop)
    Card.objects.update(state="grouped", reason="", parked_until=None)
    ends_at = timezone.now() + timedelta(seconds=30)
    Pruning.objects.update(talk=card, talk_ends_at=ends_at)
    assert "Keep: Who waits?" in page_of(as_mia, workshop)

    assert TOO_LATE not in post(as_mia, workshop, "judge", card.pk, verdict="keep")

    Pruning.objects.update(talk_ends_at=F("talk_ends_at") - timedelta(minutes=1))
    assert TOO_LATE in post(as_mia, workshop, "judge", card.pk, verdict="later")


def test_a_clock_that_rests_is_never_up(as_mia: Client, workshop: Workshop, card: Card) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(timer_paused_left=0)
    let_time_pass(workshop)

    assert TOO_LATE not in post(as_mia, workshop, "judge", card.pk, verdict="keep")


def test_how_many_have_judged_is_told_without_who_and_how(
    as_mia: Client, mia: User, workshop: Workshop, card: Card
) -> None:
    send(as_mia, workshop, "judge", card.pk, verdict="gaming")
    send(as_mia, workshop, "judge", card.pk, verdict="keep")

    told = Event.objects.get(kind="verdict-counted")
    assert (told.by, told.audience, told.payload) == ("", "", {})
    assert f'id="judged-{card.pk}">1 of 2 have judged' in page_of(as_mia, workshop)
