"""What people do together in a room ends with its close: what was on its way is given back, and nothing of it lands."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from mdd.models import Deliverable, Role, Squad, User
from tests.builders import make_member
from tests.races import race
from tests.workshops import anonymous
from tests.workshops import builders_focus as builders
from tests.workshops.doing_all import Board, Do, doings
from tests.workshops.posting import post
from workshops.actions import (
    adopting,
    agreements,
    answers,
    apart,
    cards,
    countdowns,
    doors,
    focus,
    guessing,
    guests,
    hands,
    meetings,
    opinions,
    pruning,
    suggesting,
    timers,
    workshops,
)
from workshops.actions.refusals import Refused, TooLate
from workshops.models import Participant, Workshop


@pytest.fixture
def board(squad: Squad, ada: User, mia: User) -> Board:
    return Board(squad, ada, mia)


def rest(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="closed", join_code=None)


def doings_beside(board: Board) -> dict[str, Do]:
    """What else is done in a room: it cannot be undone."""
    room, person, bucket, card = board.workshop, board.mia.pk, board.health, board.placed
    stage, now = room.stage, timezone.now()
    made = Deliverable.objects.create(squad=room.squad, text="Boards", by=board.lead.member)
    return {
        "suggest": partial(suggesting.suggest, room),
        "dismiss": partial(suggesting.dismiss, room, group=None),
        "take an answer back": partial(answers.take_back, room, answer=0),
        "set an answer aside": partial(answers.set_aside, room, answer=0, is_aside=True),
        "reveal answers": partial(answers.reveal, room, stage="deliver"),
        "reveal the next answer": partial(answers.reveal_next, room, stage="deliver"),
        "reveal opinions": partial(opinions.reveal, room),
        "mark critical": partial(agreements.mark_critical, room, deliverable=made),
        "reveal cards": partial(cards.reveal, room),
        "reveal the next card": partial(cards.reveal_next, room),
        "lead to": partial(pruning.lead_to, room, bucket=bucket.pk),
        "talk": partial(pruning.talk, card),
        "reveal dots": partial(focus.reveal_dots, room, is_revealed=True),
        "ask about": partial(focus.ask_about, bucket),
        "reveal consents": partial(focus.reveal_consents, bucket, is_revealed=True),
        "reveal guesses": partial(guessing.reveal, bucket),
        "decide": partial(focus.decide, bucket, choice=builders.choice(), about=bucket.stamp, seen=0),
        "adopt": partial(adopting.adopt, board.kept, plan=builders.plan(board.lead.member)),
        "raise a hand": partial(hands.raise_hand, room, is_raised=True),
        "lower a hand": partial(hands.lower, room, person=person),
        "add time": partial(timers.add, room, minutes=5),
        "rest the clock": partial(timers.rest, room, rests=True),
        "say done": partial(workshops.say_done, room, stage=stage, is_done=True),
        "facilitate": partial(workshops.facilitate, room),
        "lead on": partial(countdowns.announce, room, seen=stage, to="prune"),
        "move": partial(workshops.move, room, seen=stage, to="prune"),
        "plan": partial(meetings.plan, room, meets_at=now),
        "begin": partial(meetings.begin, room),
        "split": partial(apart.split, room, groups=2),
        "add somebody": partial(guests.add_without_device, room, name="Gran"),
        "let in": partial(guests.let_in, room, person=person),
        "take out": partial(guests.take_out, room, person=person),
        "give a role": partial(guests.give_role, room, person=person, role="observer"),
        "lock": partial(doors.lock, room, is_locked=True),
        "ask for approval": partial(doors.ask_approval, room, needs_approval=True),
        "set a password": partial(doors.set_password, room, password="hush"),
        "renew the code": partial(doors.renew_code, room),
    }


def is_given_back(by: Participant, what: Do) -> bool:
    """Tried on a board that stays as it is."""
    with transaction.atomic():
        try:
            what(by=by, operation=uuid4())
        except TooLate:
            return True
        except Refused:
            return False
        finally:
            transaction.set_rollback(True)
    return False


def test_the_board_stays_as_it_was_at_the_close(board: Board) -> None:
    rest(board.workshop)

    landed = [kind for kind, (by, what) in doings(board).items() if not is_given_back(by, what)]

    assert landed == []


def test_nothing_happens_in_a_room_that_is_closed_but_that_survivors_become_metrics(board: Board) -> None:
    beside = doings_beside(board)
    rest(board.workshop)

    landed = [name for name, what in beside.items() if not is_given_back(board.lead, what)]

    assert landed == ["adopt"]


def test_nobody_sits_in_a_group_of_what_is_closed(board: Board) -> None:
    group = apart.open_group(board.workshop, 1)
    rest(board.workshop)

    with pytest.raises(TooLate, match="This workshop is closed"):
        apart.go_to(board.workshop, group=group, by=board.mia, operation=uuid4())

    assert not group.participants.exists()


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_an_anonymous_workshop_closes_is_not_named(squad: Squad, ada: User) -> None:
    workshop = anonymous.start(squad, ada)
    leader = workshop.participants.select_related("user").get()
    user = make_member(squad, Role.MEMBER)
    close = partial(workshops.change_state, workshop, to=Workshop.State.CLOSED, by=leader, operation=uuid4())

    second = race(close, partial(workshops.come_to, workshop, user=user))

    assert isinstance(second.exception(), TooLate)
    assert not Participant.objects.filter(user=user).exists()


def test_who_is_new_comes_by_what_they_do(as_mia: Client, mia: User, workshop: Workshop) -> None:
    post(as_mia, "raise-hand", workshop, is_raised="on")

    assert workshop.participants.filter(user=mia).exists()
