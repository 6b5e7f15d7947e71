"""The board of any moment is what it was then, and the last one is the board of now."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mdd.models import Event, Squad, Topic, User
from tests.workshops import anonymous, coming
from tests.workshops.boards import place_of, send
from tests.workshops.doing_all import Board
from tests.workshops.hands import Hands
from workshops import faces, replays
from workshops.actions import buckets, cards, moves
from workshops.models import Card, Stage, Workshop
from workshops.thoughts import Thought

STEPS = 50


@pytest.fixture
def board(squad: Squad, ada: User, mia: User) -> Board:
    return Board(squad, ada, mia)


def serial(workshop: Workshop) -> int:
    return Topic.objects.get(pk=workshop.topic_id).serial


def page(client: Client, workshop: Workshop, **query: int) -> str:
    return client.get(reverse("workshops:replay", args=[workshop.pk]), query).content.decode()


def rename(board: Board, title: str) -> None:
    buckets.rename(board.workshop, bucket=board.usage.pk, title=title, by=board.mia, operation=uuid4())


def move(board: Board) -> None:
    held = {board.loose.pk: None}
    moves.move(board.workshop, held=held, to=board.usage.pk, by=board.mia, operation=uuid4())


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(6))
def test_after_each_of_many_steps_the_board_is_found_again_as_it_was(board: Board, seed: int) -> None:
    hands, seen = Hands(board, seed), {serial(board.workshop): replays.present(board.workshop)}
    for _ in range(STEPS):
        hands.act()
        seen[serial(board.workshop)] = replays.present(board.workshop)

    replayed = {at: replays.board_at(board.workshop, at) for at in seen}

    assert len(seen) > STEPS / 3
    assert replayed == seen


def test_at_the_last_moment_it_shows_what_the_board_shows_now(board: Board) -> None:
    hands = Hands(board, 7)
    for _ in range(STEPS):
        hands.act()

    last = replays.moments(board.workshop)[-1]
    shown = replays.faces_of(board.workshop, replays.board_at(board.workshop, last.until))

    assert shown == faces.read(board.workshop)


def test_each_moment_is_a_link_with_who_did_what(as_vic: Client, board: Board) -> None:
    move(board)
    rename(board, "Who uses it?")

    shown = page(as_vic, board.workshop)

    assert "Mia" in shown
    assert "Moved 1 card to Usage." in shown
    assert "Renamed Usage to Who uses it?" in shown
    assert "?at=1" in shown


def test_an_earlier_moment_shows_what_was_called_otherwise(as_vic: Client, board: Board) -> None:
    rename(board, "Who uses it?")

    assert "<h3>Who uses it?</h3>" in page(as_vic, board.workshop)
    assert "<h3>Usage</h3>" in page(as_vic, board.workshop, at=1)


@pytest.mark.parametrize("at", ["", "0", "-1", "99999", "9" * 30, "x", "²"])
def test_a_moment_that_never_was_is_the_nearest_one(as_vic: Client, board: Board, at: str) -> None:
    assert as_vic.get(reverse("workshops:replay", args=[board.workshop.pk]), {"at": at}).status_code == 200


def test_a_step_can_be_fetched_without_the_page_around_it(as_vic: Client, board: Board) -> None:
    rename(board, "Who uses it?")
    url = reverse("workshops:replay", args=[board.workshop.pk])

    said = as_vic.get(f"{url}?at=1&only=board").content.decode()

    assert "<h3>Usage</h3>" in said
    assert "What happened" not in said


def test_what_nobody_has_revealed_is_never_shown(as_ada: Client, as_mia: Client, board: Board) -> None:
    reword = partial(cards.reword, board.hidden, kind="metric", expectation=None)
    reword(text="sesame", by=board.mia, operation=uuid4())

    for place in range(1, len(replays.moments(board.workshop)) + 1):
        assert "sesame" not in page(as_ada, board.workshop, at=place)
        assert "sesame" not in page(as_mia, board.workshop, at=place)


def test_what_was_revealed_shows_from_then_on(as_vic: Client, board: Board) -> None:
    cards.reveal(board.workshop, by=board.lead, operation=uuid4())
    last = len(replays.moments(board.workshop))

    assert board.hidden.text in page(as_vic, board.workshop, at=last)
    assert board.hidden.text not in page(as_vic, board.workshop, at=last - 1)


def test_an_undo_is_told_with_what_it_took_back(as_mia: Client, board: Board) -> None:
    move(board)
    send(as_mia, board.workshop, "undo", of=Event.objects.get(kind="cards-moved").operation)

    assert "Undone: Moved 1 card to Usage." in page(as_mia, board.workshop)


def test_verdicts_are_no_moment(as_vic: Client, board: Board) -> None:
    hands = Hands(board, 1)
    hands.judge()

    assert "Judged" not in page(as_vic, board.workshop)


def test_a_stranger_finds_nothing(as_eve: Client, board: Board) -> None:
    assert as_eve.get(reverse("workshops:replay", args=[board.workshop.pk])).status_code == 404


def test_guests_look_at_it_until_the_workshop_is_closed(board: Board) -> None:
    as_gus = coming.client_of(coming.make_guest(board.workshop))
    url = reverse("workshops:replay", args=[board.workshop.pk])

    def offered() -> bool:
        return url in as_gus.get(board.workshop.get_absolute_url()).content.decode()

    assert (as_gus.get(url).status_code, offered()) == (200, True)
    Workshop.objects.update(state="closed", join_code=None)
    assert (as_gus.get(url).status_code, offered()) == (404, False)


def test_an_anonymous_one_names_nobody_and_tells_the_hour(as_vic: Client, squad: Squad, mia: User) -> None:
    workshop = anonymous.start(squad, mia)
    Workshop.objects.update(stage=Stage.GROUP)
    me = place_of(workshop, mia)
    throw = partial(cards.throw, workshop, expectation=None, is_hidden=False, by=me, operation=uuid4())
    throw(thoughts=[Thought("Why?", Card.Kind.QUESTION)])
    buckets.open_new(workshop, title="Late", held={Card.objects.get().pk: None}, by=me, operation=uuid4())

    moments = replays.moments(workshop)

    assert {moment.who for moment in moments} == {""}
    assert {(moment.at.minute, moment.at.second) for moment in moments} == {(0, 0)}
    assert "Why?" in page(as_vic, workshop, at=1)


def test_an_anonymous_reveal_is_found_again_as_it_was(squad: Squad, ada: User) -> None:
    workshop = anonymous.start(squad, ada)
    for person in anonymous.people(workshop):
        thoughts = [Thought(f"Why {person}?", Card.Kind.QUESTION)]
        cards.throw(workshop, thoughts=thoughts, expectation=None, is_hidden=True, by=person, operation=uuid4())
    before, state = serial(workshop), replays.present(workshop)

    cards.reveal(workshop, by=place_of(workshop, ada), operation=uuid4())

    assert replays.board_at(workshop, before) == state
    assert len(replays.present(workshop)) == len(state) + 4
