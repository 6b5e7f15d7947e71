"""Undoing gives nobody too many dots, and nothing is done again on what is gone."""

from __future__ import annotations

from functools import partial

import pytest

from mdd.models import Squad, User
from tests.workshops import builders_focus
from tests.workshops.boards import make_card
from tests.workshops.doing_all import Board, do, doings, redo, undo
from workshops.actions import focus, keeps
from workshops.actions.refusals import Refused
from workshops.models import Card, Deed, Vote
from workshops.trails import name


@pytest.fixture
def board(squad: Squad, ada: User, mia: User) -> Board:
    return Board(squad, ada, mia)


def test_undoing_gives_nobody_more_dots_than_they_have(board: Board) -> None:
    turns = [(1, board.health), (-1, board.health), (1, board.usage), (-1, board.usage), (1, board.health)]
    Card.objects.filter(pk=board.placed.pk).update(state="survived")
    placed = [do(board.mia, partial(focus.dot, bucket, change=change)) for change, bucket in turns]

    with pytest.raises(Refused, match="All your dots are placed"):
        undo(board, placed[3])

    assert [(vote.bucket, vote.dots) for vote in Vote.objects.all()] == [(board.health, 1)]


def test_a_dot_is_taken_back_even_where_there_are_fewer_by_now(board: Board) -> None:
    for number in range(2):
        bucket = builders_focus.make_bucket(board.workshop, title=f"Late {number}")
        make_card(board.workshop, board.mia.member, bucket=bucket, state="survived")
    Card.objects.filter(pk=board.placed.pk).update(state="survived")
    placed = [do(board.mia, partial(focus.dot, board.health, change=1)) for _ in range(2)]
    Card.objects.exclude(pk=board.kept.pk).filter(state="survived").update(state="parked", reason="later")
    Vote.objects.update(dots=3)
    Deed.objects.filter(operation=placed[1]).update(rows={name(Vote.objects.get()): [{"dots": 2}, {"dots": 3}]})

    undo(board, placed[1])

    assert Vote.objects.get().dots == 2


@pytest.mark.parametrize("kind", ["dot-placed", "consent-given"])
def test_nothing_is_done_again_on_a_bucket_that_is_gone(board: Board, kind: str) -> None:
    by, what = doings(board)[kind]
    operation = do(by, what)
    undo(board, operation, by)
    Card.objects.filter(bucket=board.health).update(bucket=board.usage)
    board.health.delete()

    with pytest.raises(Refused, match="Somebody has changed it since"):
        redo(board, operation, by)


def test_nothing_is_judged_again_that_is_gone(board: Board) -> None:
    thrown = do(board.mia, doings(board)["cards-thrown"][1])
    judged = do(board.mia, partial(keeps.judge, Card.objects.get(text="Why?"), value="keep", reason=""))
    undo(board, judged)
    undo(board, thrown)

    with pytest.raises(Refused, match="Somebody has changed it since"):
        redo(board, judged)
