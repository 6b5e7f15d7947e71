"""Prune: private verdicts, what they settle, what is talked about, and the tray that forgets nothing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests import builders
from tests.workshops.boards import bucket_of, judge, make_card, make_workshop, page_of, post, send
from workshops.models import Adoption, Card, CardWording, Keep, Pruning, Stage, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada, stage=Stage.PRUNE)


@pytest.fixture
def card(workshop: Workshop, ada: User) -> Card:
    return make_card(workshop, ada, "Who waits?", bucket=bucket_of(workshop))


def state(card: Card) -> tuple[str, str]:
    card.refresh_from_db()
    return card.state, card.reason


def settle(client: Client, card: Card) -> str:
    return post(client, card.workshop, "settle-cards", bucket=card.bucket_id or "")


def test_a_verdict_is_ones_own_and_others_see_only_how_many_judged(
    as_mia: Client, as_ada: Client, workshop: Workshop, card: Card
) -> None:
    mine = post(as_mia, workshop, "judge", card.pk, verdict="gaming")

    assert "You would park it: it invites gaming." in mine
    theirs = page_of(as_ada, workshop)
    assert "1 of 2 have judged" in theirs
    assert "would park it" not in theirs
    assert not Event.objects.exclude(kind="card-judged").filter(payload__icontains="gaming").exists()
    assert "gaming" not in str(Event.objects.get(kind="card-judged").payload)


def test_a_verdict_is_changed_and_counted_once(as_mia: Client, workshop: Workshop, card: Card) -> None:
    send(as_mia, workshop, "judge", card.pk, verdict="keep")
    send(as_mia, workshop, "judge", card.pk, verdict="later")

    assert [(keep.value, keep.reason) for keep in Keep.objects.all()] == [("park", "later")]


def test_a_verdict_leads_back_to_the_same_bucket(as_mia: Client, workshop: Workshop, ada: User, card: Card) -> None:
    loose = make_card(workshop, ada, "Who calls?")

    page = post(as_mia, workshop, "judge", loose.pk, verdict="keep")

    assert "Who calls?" in page
    assert "Who waits?" not in page


@pytest.mark.parametrize("verdict", ["", "perhaps", "park"])
def test_nonsense_is_no_verdict(as_mia: Client, workshop: Workshop, card: Card, verdict: str) -> None:
    assert "was out of date" in post(as_mia, workshop, "judge", card.pk, verdict=verdict)
    assert not Keep.objects.exists()


def test_what_is_decided_is_not_judged_any_more(as_mia: Client, workshop: Workshop, card: Card) -> None:
    Card.objects.update(state="survived")

    assert "Somebody has kept “Who waits?” already." in post(as_mia, workshop, "judge", card.pk, verdict="later")
    assert not Keep.objects.exists()


@pytest.mark.parametrize(
    ("route", "fields"), [("judge", {"verdict": "keep"}), ("decide-card", {"verdict": "keep"}), ("talk", {})]
)
def test_nobody_judges_what_lies_face_down(
    as_ada: Client, workshop: Workshop, card: Card, route: str, fields: dict[str, str]
) -> None:
    Card.objects.update(is_revealed=False)

    assert "“Who waits?” still lies face down. Reveal it first." in post(as_ada, workshop, route, card.pk, **fields)
    assert (state(card), Keep.objects.count(), Pruning.objects.count()) == (("grouped", ""), 0, 0)


def test_unanimous_cards_settle_and_split_ones_wait_to_be_talked_about(
    as_ada: Client, workshop: Workshop, ada: User, mia: User, card: Card
) -> None:
    kept, parked, unjudged = (make_card(workshop, ada, text, bucket=card.bucket) for text in ("Kept", "Parked", "New"))
    for who in (ada, mia):
        judge(kept, who)
        judge(parked, who, "duplicate")
    judge(card, ada)
    judge(card, mia, "later")

    page = settle(as_ada, card)

    assert [state(each) for each in (kept, parked, unjudged, card)] == [
        ("survived", ""),
        ("parked", "duplicate"),
        ("grouped", ""),
        ("grouped", ""),
    ]
    assert "Settled: 1 kept, 1 parked." in page
    assert "To talk about:" not in page
    assert "1 would keep it" in page
    assert "(later 1)" in page


def test_split_cards_are_told_without_names_the_most_divided_first(
    as_ada: Client, workshop: Workshop, ada: User, mia: User, lea: User, card: Card
) -> None:
    even = make_card(workshop, ada, "Even", bucket=card.bucket)
    for who, reason in ((ada, ""), (mia, ""), (lea, "later")):
        judge(card, who, reason)
    for who, reason in ((mia, ""), (lea, "later")):
        judge(even, who, reason)

    talks = settle(as_ada, card).split('id="talks"')[1].split("</section>")[0]

    assert talks.index("Even") < talks.index("Who waits?")
    assert "Lea" not in talks


def test_settling_one_bucket_leaves_the_others(as_ada: Client, workshop: Workshop, ada: User, card: Card) -> None:
    loose = make_card(workshop, ada, "Loose")
    for each in (card, loose):
        judge(each, ada)

    settle(as_ada, card)

    assert (state(card)[0], state(loose)[0]) == ("survived", "thrown")


def test_who_only_takes_part_neither_settles_nor_decides(
    as_mia: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    judge(card, ada)

    assert "Only a facilitator can do that." in settle(as_mia, card)
    assert "Only a facilitator can do that." in post(as_mia, workshop, "decide-card", card.pk, verdict="keep")
    assert state(card) == ("grouped", "")


def test_settling_sent_twice_settles_once(as_ada: Client, workshop: Workshop, ada: User, card: Card) -> None:
    judge(card, ada)
    key = uuid4()

    for _ in range(2):
        send(as_ada, workshop, "settle-cards", bucket=card.bucket_id, operation=key)

    assert Event.objects.filter(kind="bucket-settled").count() == 1


def test_nobody_has_judged_yet_is_said(as_ada: Client, card: Card) -> None:
    assert "Nobody has judged a card here yet." in settle(as_ada, card)


@pytest.mark.parametrize(("until", "asks_again"), [("2027-03-01", date(2027, 3, 1)), ("", None)])
def test_the_facilitator_parks_until_a_day(
    as_ada: Client, workshop: Workshop, card: Card, until: str, asks_again: date | None
) -> None:
    send(as_ada, workshop, "decide-card", card.pk, verdict="later", until=until)

    assert state(card) == ("parked", "later")
    assert card.parked_until is not None
    assert asks_again in {None, card.parked_until}


def test_the_second_who_decides_hears_what_the_first_did(as_ada: Client, workshop: Workshop, card: Card) -> None:
    send(as_ada, workshop, "decide-card", card.pk, verdict="later")

    page = post(as_ada, workshop, "decide-card", card.pk, verdict="keep")

    assert "Somebody has parked “Who waits?” already." in page
    assert state(card) == ("parked", "later")


@pytest.mark.parametrize("fields", [{"state": "parked", "reason": "later"}, {"state": "survived"}])
def test_restoring_brings_it_back_where_it_lay(
    as_mia: Client, workshop: Workshop, card: Card, fields: dict[str, str]
) -> None:
    Card.objects.update(**fields)

    send(as_mia, workshop, "restore", card.pk)

    assert state(card) == ("grouped", "")
    assert (card.bucket, card.parked_until) == (bucket_of(workshop), None)


def test_what_is_a_metric_already_stays_kept(
    as_mia: Client, workshop: Workshop, squad: Squad, ada: User, card: Card
) -> None:
    Card.objects.update(state="survived")
    Adoption.objects.create(card=card, metric=builders.make_metric(squad), by=ada)

    assert "It is a metric already" in post(as_mia, workshop, "restore", card.pk)
    assert state(card) == ("survived", "")


def test_the_tray_is_in_sight_at_every_stage_of_the_board(as_mia: Client, workshop: Workshop, card: Card) -> None:
    Card.objects.update(state="parked", reason="no-influence", parked_until=date(2027, 3, 1))

    for stage in ("throw", "group", "prune"):
        Workshop.objects.update(stage=stage)
        page = page_of(as_mia, workshop)
        assert "we cannot influence it" in page
        assert "asks again 1 Mar 2027" in page
        assert "Restore: Who waits?" in page


def test_a_bucket_that_serves_and_measures_nothing_is_asked_about(
    as_mia: Client, workshop: Workshop, card: Card
) -> None:
    page = page_of(as_mia, workshop)

    assert "It serves no expectation yet" in page
    assert "No card is of kind metric" in page


def test_a_bucket_that_serves_and_measures_is_not(
    as_mia: Client, workshop: Workshop, squad: Squad, ada: User, card: Card
) -> None:
    Card.objects.update(kind="metric", expectation=builders.make_expectation(squad, ada))

    page = page_of(as_mia, workshop)

    assert "It serves no expectation yet" not in page
    assert "No card is of kind metric" not in page


def test_the_wording_is_edited_in_its_place_and_the_old_one_kept(
    as_mia: Client, workshop: Workshop, card: Card
) -> None:
    assert 'id="wording"' in page_of(as_mia, workshop, edit=card.pk)

    send(as_mia, workshop, "reword-card", card.pk, text="Who waits longest?", kind="question")

    assert CardWording.objects.get().text == "Who waits?"


@pytest.mark.parametrize("bucket", ["", "abc", "987654321", "loose"])
def test_an_address_that_names_no_bucket_shows_another(
    as_mia: Client, workshop: Workshop, card: Card, bucket: str
) -> None:
    assert "Who waits?" in page_of(as_mia, workshop, bucket=bucket)


def test_a_coach_looks_and_does_not_judge(client: Client, cory: User, workshop: Workshop, card: Card) -> None:
    client.force_login(cory)

    assert "Keep: Who waits?" not in page_of(client, workshop)
    url = reverse("workshops:judge", args=[workshop.pk, card.pk])
    assert client.post(url, {"verdict": "keep", "operation": uuid4()}).status_code == 403


def test_the_card_of_another_squad_does_not_exist(as_eve: Client, workshop: Workshop, card: Card) -> None:
    for route in ("reword-card", "take-back-card", "judge", "decide-card", "restore"):
        url = reverse(f"workshops:{route}", args=[workshop.pk, card.pk])
        assert as_eve.post(url, {"operation": uuid4()}).status_code == 404


def test_a_card_is_reached_through_its_own_workshop_only(as_mia: Client, squad: Squad, ada: User, card: Card) -> None:
    other = make_workshop(squad, ada)
    url = reverse("workshops:judge", args=[other.pk, card.pk])

    assert as_mia.post(url, {"verdict": "keep", "operation": uuid4()}).status_code == 404


def test_back_to_throw_and_forward_again_loses_nothing(
    as_ada: Client, workshop: Workshop, ada: User, card: Card
) -> None:
    judge(card, ada)

    for seen, to in (("prune", "throw"), ("throw", "group"), ("group", "prune")):
        send(as_ada, workshop, "move", seen=seen, to=to)

    assert state(card) == ("grouped", "")
    assert "You would keep it." in page_of(as_ada, workshop)


def test_what_came_too_late_for_its_reveal_can_still_be_turned_over(
    as_ada: Client, as_mia: Client, workshop: Workshop, mia: User
) -> None:
    make_card(workshop, mia, "Who calls back?", is_revealed=False)

    before, of_a_member = page_of(as_ada, workshop), page_of(as_mia, workshop)
    after = post(as_ada, workshop, "reveal-cards")

    assert "1 card lies face down." in before
    assert "Who calls back?" not in before
    assert "Reveal all cards" in before
    assert "Reveal all cards" not in of_a_member
    assert "lies face down" not in after
    assert "Who calls back?" in after
