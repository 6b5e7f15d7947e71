"""People on one board who do whatever can be done there, whether it fits or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from mdd.models import Event, Squad, User
from tests.workshops import builders_focus
from tests.workshops.coming import make_guest
from tests.workshops.doing_all import Board
from tests.workshops.hands import Hands, Step
from workshops.actions import (
    adopting,
    cards,
    countdowns,
    deadlines,
    doors,
    focus,
    grouping,
    guessing,
    guests,
    hands,
    keeps,
    marking,
    parked,
    pruning,
    suggesting,
    timers,
    workshops,
)
from workshops.actions.refusals import Refused
from workshops.models import Consent, Keep, Participant, Reason, Stage, Suggestion, Workshop

KINDS = """
    throw reword take_back reveal reveal_next mark move join undo redo suggest accept dismiss
    open_new rename merge remove
    judge judge_anew settle decide restore leave_parked bring_back lead_to talk let_time_end
    phrase guess open_guesses dot turn_dots ask consent turn_answers choose adopt
    come_in let_in take_out add_person lead watch lock
    say_done raise_hand hear add_time rest_clock announce stop turn_stage rest_room
"""
BOARD = [stage for stage in Stage if stage.place >= Stage(Stage.THROW).place]


class Crowd(Hands):
    """Ada, who leads, Mia, a guest and somebody at the door. What they do is chosen by the seed."""

    def __init__(self, squad: Squad, ada: User, mia: User, seed: int) -> None:
        board = Board(squad, ada, mia)
        super().__init__(board, seed)
        make_guest(board.workshop, name="Wim", approved_at=None)
        self.mia = board.mia
        self.go(self.pick(BOARD))

    def go(self, stage: str) -> None:
        """Be at a stage, without saying so in the log."""
        Workshop.objects.filter(pk=self.room.pk).update(stage=stage, stage_since=timezone.now())
        self.room.refresh_from_db()

    def go_on(self) -> None:
        """Be open again, without saying so in the log: nothing is written while a workshop rests."""
        Workshop.objects.filter(pk=self.room.pk).update(state=Workshop.State.OPEN)

    @property
    def stage(self) -> str:
        return Workshop.objects.get(pk=self.room.pk).stage

    def wander(self, steps: int) -> Sequence[str]:
        """Do so many things, one after the other: the kinds of what happened."""
        return [kind for _ in range(steps) for kind in self.do(self.pick(list(self.kinds.values())))]

    def do(self, step: Step) -> Sequence[str]:
        """One thing as one request: the kinds of what happened, none where it was refused."""
        self.room.refresh_from_db()
        serial = self.room.topic.serial
        with suppress(Refused), transaction.atomic():
            step()
        later = Event.objects.filter(topic=self.room.topic_id, serial__gt=serial)
        return list(later.order_by("serial").values_list("kind", flat=True))

    @property
    def kinds(self) -> Mapping[str, Step]:
        return {name: getattr(self, name) for name in KINDS.split()}

    def person(self, **fields: Any) -> Participant:
        rows = Participant.objects.remaining().filter(workshop=self.room, **fields).select_related("user")
        return self.pick(list(rows.order_by("pk")))

    def by(self) -> dict[str, Any]:
        return {"by": self.person(approved_at__isnull=False, has_device=True), "operation": uuid4()}

    def by_member(self) -> dict[str, Any]:
        return {"by": self.person(user__isnull=False), "operation": uuid4()}

    def coin(self) -> bool:
        return self.pick([True, False])

    def take_back(self) -> None:
        card = self.card(is_revealed=False)
        cards.take_back(self.room, card=card.pk, by=self.person(pk=card.participant_id), operation=uuid4())

    def reveal_next(self) -> None:
        cards.reveal_next(self.room, **self.by())

    def mark(self) -> None:
        marking.mark(self.room.pk)

    def join(self) -> None:
        mate = self.card(is_revealed=True)
        grouping.join(self.room, held=self.held(), mate=mate.pk, **self.by())

    def suggest(self) -> None:
        suggesting.suggest(self.room, **self.by())

    def accept(self) -> None:
        group = self.pick(list(Suggestion.objects.filter(by__workshop=self.room).select_related("by__user")))
        suggesting.accept(self.room, group=self.pick([group.pk, None]), by=group.by, operation=uuid4())

    def dismiss(self) -> None:
        suggesting.dismiss(self.room, group=None, **self.by())

    def judge_anew(self) -> None:
        given = list(Keep.objects.filter(card__workshop=self.room).select_related("card__workshop__topic"))
        keep = self.pick(given)
        by, reason = self.person(pk=keep.participant_id), self.pick(Reason.values)
        keeps.judge(keep.card, value=Keep.Value.PARK, reason=reason, by=by, operation=uuid4())

    def leave_parked(self) -> None:
        user = self.person(user__isnull=False).member
        parked.leave(self.card(state="parked"), until=builders_focus.today() + timedelta(days=9), by=user)

    def bring_back(self) -> None:
        parked.bring_back(self.card(state="parked"), by=self.person(user__isnull=False).member)

    def lead_to(self) -> None:
        pruning.lead_to(self.room, bucket=self.pick([None, self.bucket().pk]), **self.by_member())

    def talk(self) -> None:
        pruning.talk(self.card(is_revealed=True), **self.by_member())

    def let_time_end(self) -> None:
        """As when somebody looks after the end, but with the clock as it was: a clock tells itself."""
        deadlines.end(self.room, uuid4())

    def dot(self) -> None:
        focus.dot(self.bucket(), change=self.pick([1, -1]), **self.by())

    def turn_dots(self) -> None:
        focus.reveal_dots(self.room, is_revealed=self.coin(), **self.by_member())

    def guess(self) -> None:
        guessing.guess(self.bucket(), value=self.random.randrange(100), **self.by())

    def open_guesses(self) -> None:
        guessing.reveal(self.bucket(), **self.by_member())

    def ask(self) -> None:
        focus.ask_about(self.bucket(), **self.by_member())

    def consent(self) -> None:
        value = self.pick(Consent.Value.values)
        text, bucket = "" if value == "fine" else self.word(), self.bucket()
        focus.consent(bucket, value=value, text=text, seen=bucket.stamp, **self.by())

    def turn_answers(self) -> None:
        focus.reveal_consents(self.bucket(), is_revealed=self.coin(), **self.by_member())

    def choose(self) -> None:
        seen = self.room.decisions.count()
        bucket = self.bucket()
        focus.decide(bucket, choice=builders_focus.choice(), about=bucket.stamp, seen=seen, **self.by_member())

    def adopt(self) -> None:
        me = self.by_member()
        plan = builders_focus.plan(me["by"].member, question=self.word())
        adopting.adopt(self.card(state="survived"), plan=plan, **me)

    def come_in(self) -> None:
        guests.come_in(self.room, name=self.word(), operation=uuid4())

    def let_in(self) -> None:
        guests.let_in(self.room, person=self.person(approved_at=None).pk, **self.by_member())

    def take_out(self) -> None:
        guests.take_out(self.room, person=self.person(user=None).pk, **self.by_member())

    def add_person(self) -> None:
        guests.add_without_device(self.room, name=self.word(), **self.by_member())

    def lead(self) -> None:
        workshops.facilitate(self.room, **self.by_member())

    def watch(self) -> None:
        guests.give_role(self.room, person=self.person(user=None).pk, role="observer", **self.by_member())

    def lock(self) -> None:
        doors.lock(self.room, is_locked=self.coin(), **self.by_member())

    def say_done(self) -> None:
        workshops.say_done(self.room, stage=self.room.stage, is_done=self.coin(), **self.by())

    def raise_hand(self) -> None:
        hands.raise_hand(self.room, is_raised=self.coin(), **self.by())

    def hear(self) -> None:
        hands.lower(self.room, person=self.person(hand_raised_at__isnull=False).pk, **self.by_member())

    def add_time(self) -> None:
        timers.add(self.room, minutes=5, **self.by_member())

    def rest_clock(self) -> None:
        timers.rest(self.room, rests=self.coin(), **self.by_member())

    def announce(self) -> None:
        countdowns.announce(
            self.room, seen=self.room.stage, to=self.pick(BOARD), anyway=self.coin(), **self.by_member()
        )

    def stop(self) -> None:
        countdowns.stop(self.room, to=self.room.moving_to, **self.by_member())

    def turn_stage(self) -> None:
        workshops.move(self.room, seen=self.room.stage, to=self.pick(BOARD), **self.by_member())

    def rest_room(self) -> None:
        to = Workshop.State.PAUSED if self.room.is_open else Workshop.State.OPEN
        workshops.change_state(self.room, to=to, **self.by_member())
