"""What an event is said to change is all that it changes: a page that is told step by step is as a fresh one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from mdd.live import steps
from mdd.live.drawings import Drawing
from mdd.live.steps import Cursor
from mdd.models import Event, Role, Squad, Topic, User
from tests import builders
from tests.live.page import Page, same
from tests.workshops.coming import make_guest
from workshops.actions import (
    answers,
    apart,
    buckets,
    cards,
    countdowns,
    counting,
    doors,
    grouping,
    guests,
    hands,
    keeps,
    marking,
    moves,
    suggesting,
    timers,
    undoing,
    workshops,
)
from workshops.models import Answer, Bucket, Card, Participant, SuggestedCard, Suggestion, Workshop
from workshops.parts import TOUCHES, Audience
from workshops.thoughts import Thought

Do = Callable[..., object]


ANSWERS: dict[str, dict[str, Any]] = {
    "one": {},
    "two": {"is_revealed": True},
    "three": {"is_revealed": True, "state": "aside"},
}
CARDS: dict[str, dict[str, Any]] = {
    "hidden?": {},
    "Open bugs": {"is_revealed": True},
    "Bugs that are open": {"is_revealed": True},
    "Closed bugs": {"is_revealed": True},
    "parked?": {"is_revealed": True, "state": "parked", "reason": "later"},
}


class Scene:
    """A workshop in which each kind of thing can happen: two members, two guests and one at the door."""

    def __init__(self, squad: Squad, ada: User, mia: User) -> None:
        self.workshop = workshops.start(squad, title="Spring", path="whole", by=ada)
        self.lead = Participant.objects.get(workshop=self.workshop, user=ada)
        self.mia = workshops.join(self.workshop, user=mia)
        self.gus = make_guest(self.workshop, name="Gus")
        self.speaker = make_guest(self.workshop, name="Sue")
        make_guest(self.workshop, name="Wim", approved_at=None)
        for text, fields in ANSWERS.items():
            Answer.objects.create(workshop=self.workshop, stage="deliver", participant=self.mia, text=text, **fields)
        hands.raise_hand(self.workshop, is_raised=True, by=self.speaker, operation=uuid4())
        self.usage, self.empty = Bucket.objects.filter(workshop=self.workshop)[:2]
        for text, fields in CARDS.items():
            Card.objects.create(workshop=self.workshop, participant=self.mia, text=text, **fields)
        self.group = apart.open_group(self.workshop, 1)
        apart.seat(self.group, self.speaker)
        Card.objects.filter(pk=self.card("Bugs that are open").pk).update(bucket=self.usage, state="grouped")

    def answer(self, text: str) -> int:
        return Answer.objects.get(workshop=self.workshop, text=text).pk

    @property
    def stage(self) -> str:
        return Workshop.objects.get(pk=self.workshop.pk).stage

    def card(self, text: str) -> Card:
        return Card.objects.select_related("workshop__topic").get(workshop=self.workshop, text=text)

    def move(self, *, operation: UUID) -> None:
        held: dict[int, int | None] = {self.card("Open bugs").pk: None}
        moves.move(self.workshop, held=held, to=self.empty.pk, by=self.mia, operation=operation)

    def mark(self, *, operation: UUID) -> None:
        """By no person, so by a key of its own."""
        del operation
        marking.mark(self.workshop.pk)

    def accept(self, *, operation: UUID) -> None:
        suggested = Suggestion.objects.create(by=self.mia, title="Bugs")
        SuggestedCard.objects.create(suggestion=suggested, card=self.card("Open bugs"), text="Open bugs")
        suggesting.accept(self.workshop, group=None, by=self.mia, operation=operation)

    def undo(self, *, operation: UUID) -> None:
        moved = uuid4()
        self.move(operation=moved)
        undoing.undo(self.workshop, of=moved, by=self.mia, operation=operation)

    def count(self, *, operation: UUID) -> None:
        """After the commit, which a test has none of."""
        seat = Participant.objects.get(workshop=self.group)
        thoughts = [Thought("new?", Card.Kind.QUESTION)]
        cards.throw(self.group, thoughts=thoughts, expectation=None, is_hidden=True, by=seat, operation=operation)
        counting.tell(self.group.pk)

    def redo(self, *, operation: UUID) -> None:
        self.undo(operation=uuid4())
        moved = Event.objects.filter(kind="cards-moved").latest("serial").operation
        undoing.redo(self.workshop, of=moved, by=self.mia, operation=operation)

    def drawings(self) -> dict[str, Drawing]:
        return steps.whole(self.workshop.topic_id, list(Audience))

    def cursor(self) -> Cursor:
        topic = Topic.objects.get(pk=self.workshop.topic_id)
        return Cursor(topic.epoch, topic.serial)


def happenings(scene: Scene) -> dict[str, Do]:
    """What makes each kind of event happen, by the kind."""
    go = partial
    room = scene.workshop
    by: dict[str, Any] = {"by": scene.lead}
    mine: dict[str, Any] = {"by": scene.mia}
    return {
        "participant-joined": go(guests.come_in, room, name="Ida"),
        "participant-removed": go(guests.take_out, room, person=scene.speaker.pk, **by),
        "participant-waits": lambda operation: (
            Workshop.objects.filter(pk=room.pk).update(needs_approval=True),
            guests.come_in(room, name="Ida", operation=operation),
        ),
        "approval-changed": go(doors.ask_approval, room, needs_approval=True, **by),
        "password-changed": go(doors.set_password, room, password="spaghetti", **by),
        "done-said": go(workshops.say_done, room, stage=room.stage, is_done=True, **mine),
        "hand-raised": go(hands.raise_hand, room, is_raised=True, **mine),
        "hand-lowered": go(hands.raise_hand, room, is_raised=False, by=scene.speaker),
        "hand-heard": go(hands.lower, room, person=scene.speaker.pk, **by),
        "time-added": go(timers.add, room, minutes=5, **by),
        "timer-rests": go(timers.rest, room, rests=True, **by),
        "timer-goes-on": lambda operation: (
            timers.rest(room, rests=True, operation=uuid4(), **by),
            timers.rest(room, rests=False, operation=operation, **by),
        ),
        "move-announced": go(countdowns.announce, room, seen=scene.stage, to="customers", anyway=True, **by),
        "move-stopped": lambda operation: (
            countdowns.announce(room, seen=scene.stage, to="customers", anyway=True, operation=uuid4(), **by),
            countdowns.stop(room, to="customers", operation=operation, **by),
        ),
        "answers-written": go(answers.write, room, stage="deliver", texts=["four"], **mine),
        "answer-reworded": go(answers.reword, room, answer=scene.answer("one"), text="uno", **mine),
        "answer-taken-back": go(answers.take_back, room, answer=scene.answer("one"), **mine),
        "answer-set-aside": go(answers.set_aside, room, answer=scene.answer("two"), is_aside=True, **by),
        "answer-brought-back": go(answers.set_aside, room, answer=scene.answer("three"), is_aside=False, **by),
        "group-chosen": go(apart.go_to, room, group=scene.group, **mine),
        "group-counted": scene.count,
        "cards-thrown": go(
            cards.throw, room, thoughts=[Thought("new?", Card.Kind.QUESTION)], expectation=None, is_hidden=False, **mine
        ),
        "card-taken-back": go(cards.take_back, room, card=scene.card("hidden?").pk, **mine),
        "card-reworded": go(
            cards.reword, scene.card("Bugs that are open"), text="other?", kind="metric", expectation=None, **mine
        ),
        "cards-revealed": go(cards.reveal, room, **by),
        "turn-revealed": go(cards.reveal_next, room, **by),
        "cards-moved": scene.move,
        "cards-grouped": go(
            grouping.join, room, held={scene.card("Open bugs").pk: None}, mate=scene.card("Closed bugs").pk, **mine
        ),
        "undone": scene.undo,
        "redone": scene.redo,
        "bucket-opened": go(buckets.open_new, room, title="Late", held={scene.card("Open bugs").pk: None}, **mine),
        "buckets-merged": go(buckets.merge, room, bucket=scene.usage.pk, into=scene.empty.pk, **mine),
        "bucket-renamed": go(buckets.rename, room, bucket=scene.usage.pk, title="Use", **mine),
        "bucket-removed": go(buckets.remove, room, bucket=scene.empty.pk, **mine),
        "cards-marked": scene.mark,
        "suggestion-accepted": scene.accept,
        "verdict-counted": go(keeps.judge, scene.card("Bugs that are open"), value="keep", reason="", **mine),
        "card-decided": go(keeps.decide, scene.card("Bugs that are open"), reason="later", until=None, **by),
        "card-restored": go(keeps.restore, scene.card("parked?"), **by),
    }


OF_BOARD = {"group", "card", "cards", "bucket", "buckets", "undone", "redone", "suggestion", "turn"}
BOARD = [kind for kind in TOUCHES if kind.partition("-")[0] in OF_BOARD]
CASES = [("deliver", kind) for kind in TOUCHES if kind != counting.COUNTED] + [
    (stage, kind) for stage in ("throw", "group") for kind in BOARD
]
AHEAD = ("answers-written", "answer-taken-back", "cards-thrown", "card-taken-back", "participant-joined")
CASES += [("ahead", kind) for kind in (*AHEAD, "participant-removed", "participant-waits")]
CASES += [("throw", "participant-removed")]
CASES += [("prune", kind) for kind in ("verdict-counted", "participant-joined", "participant-removed", "card-restored")]


def be_at(scene: Scene, stage: str) -> None:
    """At a stage, or ahead of the meeting."""
    at: dict[str, Any] = {"is_ahead": True, "meets_at": timezone.now() + timedelta(days=1)}
    fields = at if stage == "ahead" else {"stage": stage}
    Workshop.objects.filter(pk=scene.workshop.pk).update(**fields)


class Drawn:
    """A scene at a stage, and what everybody's page holds of it."""

    def __init__(self, stage: str) -> None:
        squad = builders.make_squad(name=stage)
        self.scene = Scene(squad, *(builders.make_member(squad, Role.ADMIN, name=name) for name in ("Ada", "Mia")))
        be_at(self.scene, stage)
        self.held, self.since = self.scene.drawings(), self.scene.cursor()


@pytest.fixture(scope="module")
def drawn(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mapping[str, Drawn]]:
    """By the stage, made once: what a test lets happen is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {stage: Drawn(stage) for stage in dict(CASES)}
        transaction.set_rollback(True)


@pytest.mark.sampled
@pytest.mark.parametrize(("stage", "kind"), CASES)
def test_a_page_that_is_told_what_happened_is_as_a_fresh_one(
    drawn: Mapping[str, Drawn], db: None, stage: str, kind: str
) -> None:
    here, scene = drawn[stage], deepcopy(drawn[stage].scene)

    happenings(scene)[kind](operation=uuid4())

    step, fresh = steps.step(scene.workshop.topic_id, here.held, here.since), scene.drawings()
    since = Event.objects.filter(topic=scene.workshop.topic, serial__gt=here.since.serial)
    assert kind in since.values_list("kind", flat=True)
    for audience in Audience:
        page = Page(partial(here.held.__getitem__, audience))
        page.take(step.frames[audience].told())
        assert page.is_stale or same(page, fresh[audience].groups), audience


def test_the_board_is_never_fetched_again_for_a_move(drawn: Mapping[str, Drawn], db: None) -> None:
    here, scene = drawn["group"], deepcopy(drawn["group"].scene)

    scene.move(operation=uuid4())

    frame = steps.step(scene.workshop.topic_id, here.held, here.since).frames["member"]
    moved = {f"card-{scene.card('Open bugs').pk}", f"bucket-{scene.empty.pk}", "loose-told"}
    assert not frame.is_stale
    assert set(frame.parts) == moved
    assert set(frame.lists) == {"loose", f"bucket-{scene.empty.pk}-cards"}
