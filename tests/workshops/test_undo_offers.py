"""What the page offers to undo and to redo."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from mdd.models import Squad, User
from tests.workshops.boards import page_of, post, send
from tests.workshops.doing_all import Board, do, move, undo
from workshops.actions import buckets
from workshops.models import Workshop


@pytest.fixture
def board(squad: Squad, ada: User, mia: User) -> Board:
    return Board(squad, ada, mia)


def test_the_page_offers_the_last_step_then_the_one_before_and_then_to_redo(as_mia: Client, board: Board) -> None:
    first, second = move(board, board.usage), move(board, board.health)
    assert "Undo: Moved 1 card to System Health." in page_of(as_mia, board.workshop)

    send(as_mia, board.workshop, "undo", of=second)
    page = post(as_mia, board.workshop, "undo", of=first)

    assert "Redo: Moved 1 card to Usage." in page
    assert "Nothing to undo" in page


def test_a_new_step_ends_what_could_be_redone(as_mia: Client, board: Board) -> None:
    undo(board, move(board, board.usage))
    move(board, board.health)

    page = page_of(as_mia, board.workshop)

    assert "Nothing to do again" in page
    assert "Undo: Moved 1 card to System Health." in page


def test_what_others_have_changed_is_passed_over(as_mia: Client, board: Board) -> None:
    do(board.mia, partial(buckets.rename, board.workshop, bucket=board.health.pk, title="Health"))
    move(board, board.usage)
    move(board, board.health, board.lead)

    assert "Undo: Renamed System Health to Health." in page_of(as_mia, board.workshop)


@pytest.mark.parametrize("stage", ["throw", "group", "prune", "focus", "wrap-up"])
def test_each_stage_of_the_board_has_the_buttons(as_mia: Client, board: Board, stage: str) -> None:
    move(board, board.usage)
    Workshop.objects.update(stage=stage)

    assert "Undo: Moved 1 card to Usage." in page_of(as_mia, board.workshop)


def test_the_next_stage_offers_what_was_done_before_by_its_buttons_alone(as_mia: Client, board: Board) -> None:
    move(board, board.usage)
    assert "<undo-bar" in page_of(as_mia, board.workshop)

    Workshop.objects.update(stage="prune", stage_since=timezone.now())

    page = page_of(as_mia, board.workshop)
    assert "<undo-bar" not in page
    assert "Undo: Moved 1 card to Usage." in page


def test_the_four_questions_have_none(as_mia: Client, board: Board) -> None:
    Workshop.objects.update(stage="deliver")

    assert "<undo-keys" not in page_of(as_mia, board.workshop)
