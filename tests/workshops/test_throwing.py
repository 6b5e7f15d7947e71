"""Throw: cards fly face down, and belong to their authors until all are revealed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, User
from tests import builders
from tests.workshops import anonymous
from tests.workshops.boards import HTMX, make_card, make_workshop, page_of, post, send
from tests.workshops.coming import client_of, make_guest
from workshops import parts
from workshops.models import Card, CardWording, Stage, Workshop


@pytest.fixture
def workshop(squad: Squad, ada: User) -> Workshop:
    return make_workshop(squad, ada, stage=Stage.THROW)


def throw(client: Client, workshop: Workshop, text: str, **data: Any) -> None:
    send(client, workshop, "throw", text=text, seen=workshop.stage, **data)


def test_a_list_is_thrown_at_once_without_any_script(as_mia: Client, workshop: Workshop) -> None:
    page = post(as_mia, workshop, "throw", text="Who waits?\n# Bags lost", seen="throw")

    assert [(card.text, card.kind) for card in Card.objects.order_by("pk")] == [
        ("Who waits?", "question"),
        ("Bags lost", "metric"),
    ]
    assert "Bags lost" in page


@pytest.mark.parametrize(("stage", "is_told"), [("group", False), ("prune", False), ("focus", True)])
def test_what_comes_when_nobody_can_turn_it_over_any_more_says_where_it_is(
    as_mia: Client, workshop: Workshop, stage: str, is_told: bool
) -> None:
    Workshop.objects.update(stage=stage)

    page = post(as_mia, workshop, "throw", text="Who waits?", seen="throw")

    assert ("Kept under “Throw”; the others have moved on." in page) is is_told


def test_thrown_by_htmx_the_answer_holds_the_room(as_mia: Client, workshop: Workshop) -> None:
    url = reverse("workshops:throw", args=[workshop.pk])
    sent = {"text": "Who waits?", "seen": "throw", "operation": uuid4()}

    response = as_mia.post(url, sent, headers=HTMX, follow=True)

    assert 'id="room"' in response.content.decode()
    assert "Who waits?" in response.content.decode()


def test_what_is_sent_twice_is_thrown_once(as_mia: Client, workshop: Workshop) -> None:
    key = uuid4()

    for _ in range(2):
        throw(as_mia, workshop, "Who waits?", operation=key)

    assert Card.objects.count() == 1
    assert Event.objects.filter(kind="cards-thrown").count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Write something here."),
        (" \n ", "Write something here."),
        ("x" * 141, "A card holds 140 characters; this has 141."),
        ("fine\n" + "y" * 150, "2. A card holds 140 characters; this has 150."),
        ("?", "Write something that can be read."),
        ("left\u202eright", "There is an invisible character in it; type it again by hand."),
        ("a\n" * 101, "Throw at most 100 at a time; these are 101."),
    ],
)
def test_what_cannot_be_thrown_is_asked_again(as_mia: Client, workshop: Workshop, typed: str, told: str) -> None:
    url = reverse("workshops:throw", args=[workshop.pk])

    response = as_mia.post(url, {"text": typed, "seen": "throw", "operation": uuid4()})

    assert response.status_code == 422
    assert told in response.content.decode()
    assert typed.strip() in response.content.decode()
    assert not Card.objects.exists()


def test_a_card_may_serve_an_expectation_that_nobody_measures(
    as_mia: Client, workshop: Workshop, squad: Squad, ada: User
) -> None:
    expectation = builders.make_expectation(squad, ada, text="Bags arrive with their owners")
    assert "The board must find a number for these" in page_of(as_mia, workshop)

    throw(as_mia, workshop, "Bags arrive with their owners?", kind="question", expectation=expectation.pk)

    assert Card.objects.get().expectation == expectation


def test_an_expectation_of_another_squad_is_refused(as_mia: Client, workshop: Workshop, eve: User) -> None:
    foreign = builders.make_expectation(builders.make_squad(), eve)

    post(as_mia, workshop, "throw", text="Who waits?", seen="throw", expectation=foreign.pk)

    assert not Card.objects.exists()


def test_nobody_else_is_sent_what_lies_face_down(
    as_ada: Client, as_mia: Client, as_vic: Client, workshop: Workshop
) -> None:
    throw(as_mia, workshop, "Who is afraid of the pager?")

    for other in (as_ada, as_vic):
        page = page_of(other, workshop)
        assert "afraid" not in page
        assert "1 card lies face down." in page
        assert "afraid" not in page_of(other, workshop, edit=Card.objects.get().pk)
    assert "afraid" not in str(list(Event.objects.values_list("payload", flat=True)))
    for stage in ("group", "prune"):
        Workshop.objects.update(stage=stage)
        assert "afraid" not in page_of(as_ada, workshop)


def test_others_cannot_reach_what_lies_face_down(as_ada: Client, workshop: Workshop, mia: User) -> None:
    card = make_card(workshop, mia, is_revealed=False)

    for route in ("reword-card", "judge", "decide-card", "restore"):
        url = reverse(f"workshops:{route}", args=[workshop.pk, card.pk])
        assert as_ada.post(url, {"operation": uuid4(), "text": "Mine", "kind": "hunch"}).status_code == 404
    send(as_ada, workshop, "take-back-card", card.pk)
    assert Card.objects.filter(pk=card.pk).exists()


def test_the_facilitator_reveals_everything(as_ada: Client, as_vic: Client, workshop: Workshop, mia: User) -> None:
    make_card(workshop, mia, "Who waits?", is_revealed=False)

    send(as_ada, workshop, "reveal-cards")

    assert "Who waits?" in page_of(as_vic, workshop)


def test_who_only_takes_part_does_not_reveal(as_mia: Client, workshop: Workshop, ada: User) -> None:
    make_card(workshop, ada, is_revealed=False)

    page = post(as_mia, workshop, "reveal-cards")

    assert "Only a facilitator can do that." in page
    assert not Card.objects.get().is_revealed


def test_ones_own_is_reworded_without_a_trace_while_hidden(as_mia: Client, workshop: Workshop, mia: User) -> None:
    card = make_card(workshop, mia, is_revealed=False)

    send(as_mia, workshop, "reword-card", card.pk, text="Who waits longest?", kind="question")

    card.refresh_from_db()
    assert card.text == "Who waits longest?"
    assert not CardWording.objects.exists()


def test_a_wording_that_all_have_read_is_kept(as_mia: Client, workshop: Workshop, ada: User) -> None:
    card = make_card(workshop, ada, "Who waits?")

    send(as_mia, workshop, "reword-card", card.pk, text="Who waits longest?", kind="metric")

    assert [(each.text, each.by and each.by.member.name) for each in CardWording.objects.all()] == [
        ("Who waits?", "Mia")
    ]


def test_an_empty_wording_is_asked_again(as_mia: Client, workshop: Workshop, mia: User) -> None:
    card = make_card(workshop, mia, is_revealed=False)
    url = reverse("workshops:reword-card", args=[workshop.pk, card.pk])

    response = as_mia.post(url, {"text": "  ", "kind": "metric", "operation": uuid4()})

    assert response.status_code == 422
    assert 'id="wording"' in response.content.decode()


def test_ones_own_is_taken_back_while_hidden(as_mia: Client, workshop: Workshop, mia: User) -> None:
    card, key = make_card(workshop, mia, is_revealed=False), uuid4()

    for _ in range(2):
        send(as_mia, workshop, "take-back-card", card.pk, operation=key)

    assert not Card.objects.exists()


def test_what_all_have_seen_is_not_taken_back(as_mia: Client, workshop: Workshop, mia: User) -> None:
    card = make_card(workshop, mia)

    assert "so it stays. It can be parked." in post(as_mia, workshop, "take-back-card", card.pk)
    assert Card.objects.exists()


def test_what_is_thrown_while_grouping_is_on_the_board_at_once(as_mia: Client, workshop: Workshop) -> None:
    Workshop.objects.update(stage=Stage.GROUP)

    send(as_mia, workshop, "throw", text="Who waits?", seen="group")
    send(as_mia, workshop, "throw", text="Thrown from a page of before", seen="throw")

    assert list(Card.objects.order_by("pk").values_list("is_revealed", flat=True)) == [True, False]


def test_alone_nothing_is_hidden_and_each_card_is_kept_or_parked(as_ada: Client, squad: Squad, ada: User) -> None:
    workshop = make_workshop(squad, ada, stage=Stage.THROW, path="alone")
    throw(as_ada, workshop, "Who waits?\nWho calls?")
    first, second = Card.objects.order_by("pk")

    send(as_ada, workshop, "decide-card", first.pk, verdict="keep")
    page = post(as_ada, workshop, "decide-card", second.pk, verdict="later")

    assert [card.state for card in Card.objects.order_by("pk")] == ["survived", "parked"]
    assert "asks again" in page


@pytest.mark.parametrize("who", ["cory", "vic"])
def test_who_only_looks_is_offered_nothing(
    request: pytest.FixtureRequest, workshop: Workshop, client: Client, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))

    assert "<textarea" not in page_of(client, workshop)
    url = reverse("workshops:throw", args=[workshop.pk])
    assert client.post(url, {"text": "Who?", "seen": "throw", "operation": uuid4()}).status_code == 403


def test_nothing_is_thrown_while_the_workshop_rests(as_mia: Client, workshop: Workshop) -> None:
    Workshop.objects.update(join_code=None, state="paused")

    assert "Resume it first." in post(as_mia, workshop, "throw", text="Who waits?", seen="throw")
    assert not Card.objects.exists()


def test_members_are_told_of_the_metrics_they_have_and_guests_are_not(
    as_mia: Client, workshop: Workshop, squad: Squad
) -> None:
    builders.make_metric(squad, question="How late are bags?", name="Late bags")
    builders.make_metric(squad, question="Is it old?", state="retired")
    guest = client_of(make_guest(workshop))

    page = page_of(as_mia, workshop)

    assert "<li>How late are bags?</li>" in page
    assert "<li>Late bags</li>" in page
    assert "Is it old?" not in page
    assert "late are bags" not in page_of(guest, workshop)


def test_the_list_of_people_says_who_has_thrown_and_not_what(
    as_ada: Client, as_mia: Client, workshop: Workshop
) -> None:
    lobby = reverse("workshops:lobby", args=[workshop.pk])
    assert "has thrown" not in as_ada.get(lobby).content.decode()

    throw(as_mia, workshop, "Who is afraid of the pager?\nWho else?")

    page = as_ada.get(lobby).content.decode()
    assert page.count("has thrown") == 1
    assert "afraid" not in page
    Workshop.objects.update(stage="group")
    assert "has thrown" not in as_ada.get(lobby).content.decode()


def test_where_nobody_may_know_the_list_tells_nothing(as_ada: Client, as_mia: Client, squad: Squad, ada: User) -> None:
    nameless = anonymous.start(squad, ada)
    Workshop.objects.filter(pk=nameless.pk).update(stage="throw")
    nameless.refresh_from_db()

    throw(as_mia, nameless, "Who is afraid of the pager?")

    assert "has thrown" not in as_ada.get(reverse("workshops:lobby", args=[nameless.pk])).content.decode()


def test_what_lies_face_down_is_counted_on_the_board(as_mia: Client, ada: User, workshop: Workshop) -> None:
    make_card(workshop, ada)
    for text in ("Who calls?", "Who is up?"):
        make_card(workshop, ada, text, is_revealed=False)

    page = page_of(as_mia, workshop)

    assert 'On the board <span class="soft num">3</span>' in page
    assert "What the others throw" not in page


def test_a_face_down_card_that_is_taken_back_is_counted_no_more(workshop: Workshop) -> None:
    assert {"thrown", "face-down-cards"} <= set(parts.touched(workshop, "card-taken-back") or ())
