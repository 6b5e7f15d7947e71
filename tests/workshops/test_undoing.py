"""Everything that one does on the board can be taken back and done again, unless somebody else has changed it since."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from mdd.models import Event, Squad, User
from tests.builders import make_metric
from tests.workshops import anonymous
from tests.workshops.boards import bucket_of, make_card, place_of
from tests.workshops.doing_all import Board, do, doings, move, redo, state_of, undo
from workshops.actions import buckets, cards, focus, keeps, moves, undoing
from workshops.actions.refusals import Refused
from workshops.doings import UNDOABLE
from workshops.models import Adoption, Card, Deed, Keep, Participant, Stage, Vote, Workshop
from workshops.thoughts import Thought

ALL = (
    "cards-thrown",
    "cards-thrown face down",
    "card-reworded",
    "card-reworded face down",
    "card-taken-back",
    "cards-moved",
    "cards-grouped",
    "bucket-opened",
    "bucket-opened empty",
    "buckets-merged",
    "bucket-renamed",
    "bucket-removed",
    "suggestion-accepted",
    "card-judged",
    "card-judged first",
    "bucket-settled",
    "card-decided",
    "card-restored",
    "bucket-phrased",
    "dot-placed",
    "consent-given",
    "group-brought-back",
)


@pytest.fixture
def board(squad: Squad, ada: User, mia: User) -> Board:
    return Board(squad, ada, mia)


def test_each_kind_that_can_be_undone_is_tried_here(board: Board) -> None:
    assert set(doings(board)) == set(ALL)
    assert {kind.partition(" ")[0] for kind in ALL} == UNDOABLE


@pytest.mark.sampled
@pytest.mark.parametrize("kind", ALL)
def test_what_was_done_is_undone_and_redone_row_by_row(board: Board, kind: str) -> None:
    before = state_of(board.workshop)
    by, what = doings(board)[kind]

    operation = do(by, what)
    after = state_of(board.workshop)
    undo(board, operation, by)
    undone = state_of(board.workshop)
    redo(board, operation, by)
    redone = state_of(board.workshop)
    undo(board, operation, by)

    assert after != before
    assert (undone, redone, state_of(board.workshop)) == (before, after, before)


@pytest.mark.sampled
@pytest.mark.parametrize("kind", ALL)
def test_what_somebody_else_did_is_not_mine_to_undo(board: Board, kind: str) -> None:
    by, what = doings(board)[kind]
    operation = do(by, what)
    after = state_of(board.workshop)
    somebody = board.mia if by == board.lead else board.lead

    with pytest.raises(Refused, match="nothing to undo"):
        undo(board, operation, somebody)

    assert state_of(board.workshop) == after


def test_an_undo_sent_twice_is_one(board: Board) -> None:
    operation, key = move(board, board.usage), uuid4()

    for _ in range(2):
        undoing.undo(board.workshop, of=operation, by=board.mia, operation=key)

    assert Event.objects.filter(kind="undone").count() == 1


def test_what_is_undone_is_undone_once(board: Board) -> None:
    operation = move(board, board.usage)
    undo(board, operation)

    with pytest.raises(Refused, match="nothing to undo"):
        undo(board, operation)


def test_undo_is_refused_where_another_person_moved_the_card_there_and_back(board: Board) -> None:
    operation = move(board, board.usage)
    move(board, board.health, board.lead)
    move(board, board.usage, board.lead)

    with pytest.raises(Refused, match="Somebody has changed it since"):
        undo(board, operation)


def test_redo_is_refused_where_another_person_moved_the_card_meanwhile(board: Board) -> None:
    operation = move(board, board.usage)
    undo(board, operation)
    move(board, board.health, board.lead)

    with pytest.raises(Refused, match="Somebody has changed it since"):
        redo(board, operation)


def test_a_bucket_that_others_fill_stays_when_its_opening_is_undone(board: Board) -> None:
    opened = do(board.mia, partial(buckets.open_new, board.workshop, title="Late", held={board.loose.pk: None}))
    late = bucket_of(board.workshop, "Late")
    held = {board.placed.pk: board.usage.pk}
    do(board.lead, partial(moves.move, board.workshop, held=held, to=late.pk))

    undo(board, opened)

    assert list(late.cards.all()) == [board.placed]
    assert Card.objects.get(pk=board.loose.pk).bucket is None


def test_an_empty_bucket_that_others_fill_stays_and_that_is_said(board: Board) -> None:
    opened = do(board.mia, partial(buckets.open_new, board.workshop, title="Late", held={}))
    move(board, bucket_of(board.workshop, "Late"), board.lead)

    with pytest.raises(Refused, match="Somebody has changed it since"):
        undo(board, opened)


def test_what_was_revealed_is_not_unthrown(board: Board) -> None:
    thrown = do(board.mia, doings(board)["cards-thrown face down"][1])
    cards.reveal(board.workshop, by=board.lead, operation=uuid4())

    with pytest.raises(Refused, match="Somebody has changed it since"):
        undo(board, thrown)


def test_not_even_by_the_one_who_revealed_it(board: Board) -> None:
    own = make_card(board.workshop, board.lead.member, is_revealed=False)
    worded = do(board.lead, partial(cards.reword, own, text="Whose?", kind="metric", expectation=None))
    cards.reveal(board.workshop, by=board.lead, operation=uuid4())

    with pytest.raises(Refused, match="Somebody has changed it since"):
        undo(board, worded, board.lead)


def test_a_dot_stays_once_the_dots_are_open(board: Board) -> None:
    placed = do(board.mia, partial(focus.dot, board.health, change=1))
    focus.reveal_dots(board.workshop, is_revealed=True, by=board.lead, operation=uuid4())

    with pytest.raises(Refused, match="The dots are open now"):
        undo(board, placed)
    assert Vote.objects.get().dots == 1


def test_an_answer_stays_once_the_answers_are_open(board: Board) -> None:
    given = do(board.mia, partial(focus.consent, board.health, value="fine", text="", seen=board.health.stamp))
    focus.reveal_consents(board.health, is_revealed=True, by=board.lead, operation=uuid4())

    with pytest.raises(Refused, match="The answers are open now"):
        undo(board, given)


def test_a_verdict_stays_once_its_card_is_settled(board: Board) -> None:
    judged = do(board.mia, partial(keeps.judge, board.placed, value="keep", reason=""))
    keeps.decide(board.placed, reason="later", until=None, by=board.lead, operation=uuid4())

    with pytest.raises(Refused):
        undo(board, judged)
    assert Keep.objects.get().value == "keep"


def test_what_is_a_metric_already_stays_kept(board: Board, squad: Squad) -> None:
    kept = do(board.lead, partial(keeps.decide, board.placed, reason="", until=None))
    Adoption.objects.create(card=board.placed, metric=make_metric(squad), by=board.lead.member)

    with pytest.raises(Refused, match="is a metric already"):
        undo(board, kept, board.lead)


def test_words_that_nobody_has_read_are_in_no_event(board: Board) -> None:
    do(board.mia, partial(cards.reword, board.hidden, text="sesame", kind="metric", expectation=None))
    undo(board, do(board.mia, partial(cards.take_back, board.workshop, card=board.hidden.pk)))

    assert Card.objects.get(pk=board.hidden.pk).text == "sesame"
    assert "sesame" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("kind", ["card-judged", "dot-placed", "consent-given"])
def test_a_judgement_that_is_undone_is_told_to_nobody_else(board: Board, kind: str) -> None:
    undo(board, do(board.mia, doings(board)[kind][1]))

    event = Event.objects.get(kind="undone")
    assert event.audience == event.by == f"user:{board.mia.user_id}"
    assert "rows" not in event.payload


@pytest.fixture
def quiet(squad: Squad, ada: User) -> Workshop:
    workshop = anonymous.start(squad, ada)
    Workshop.objects.filter(pk=workshop.pk).update(stage=Stage.THROW)
    return Workshop.objects.get(pk=workshop.pk)


def throw(workshop: Workshop, by: Participant, *, is_hidden: bool) -> UUID:
    thoughts = [Thought("Why?", Card.Kind.QUESTION)]
    wanted = partial(cards.throw, workshop, thoughts=thoughts, expectation=None, is_hidden=is_hidden)
    return do(by, wanted)


def test_where_nobody_is_named_one_takes_back_what_is_still_ones_own(quiet: Workshop, mia: User) -> None:
    me = place_of(quiet, mia)
    thrown = throw(quiet, me, is_hidden=True)

    undoing.undo(quiet, of=thrown, by=me, operation=uuid4())
    undoing.redo(quiet, of=thrown, by=me, operation=uuid4())
    undoing.undo(quiet, of=thrown, by=me, operation=uuid4())

    assert not Card.objects.exists()
    assert set(Event.objects.filter(kind__in=["undone", "redone"]).values_list("by", "payload__of")) == {("", None)}


def test_what_lies_face_up_there_leads_back_to_nobody(quiet: Workshop, mia: User) -> None:
    me = place_of(quiet, mia)
    thrown = throw(quiet, me, is_hidden=False)

    with pytest.raises(Refused, match="nothing to undo"):
        undoing.undo(quiet, of=thrown, by=me, operation=uuid4())


def test_a_reveal_forgets_who_could_have_taken_what_back(quiet: Workshop, ada: User) -> None:
    for person in anonymous.people(quiet):
        throw(quiet, person, is_hidden=True)

    cards.reveal(quiet, by=place_of(quiet, ada), operation=uuid4())

    assert not Deed.objects.exists()


def test_a_deed_is_written_once(board: Board) -> None:
    with pytest.raises(IntegrityError, match="deed_once_per_operation"):
        Deed.objects.bulk_create(Deed(by=board.mia, operation=UUID(int=1), rows={}) for _ in range(2))


def test_who_moved_a_card_last_is_found_by_its_row(board: Board) -> None:
    operation = move(board, board.usage)
    do(board.lead, partial(keeps.decide, board.loose, reason="later", until=None))
    moved = Event.objects.filter(**{f"payload__rows__card:{board.loose.pk}__1__has_key": "bucket_id"})

    assert moved.latest("serial").operation == operation
