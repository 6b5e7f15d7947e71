"""A board on which everything that can be undone may be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from mdd.models import Squad, User
from tests.workshops.boards import bucket_of, make_card, make_workshop, place_of
from tests.workshops.coming import make_guest
from workshops import trails
from workshops.actions import apart, bringing_back, buckets, cards, focus, grouping, keeps, moves, suggesting, undoing
from workshops.actions.focus import Phrasing
from workshops.models import (
    Bucket,
    Card,
    CardWording,
    Consent,
    Keep,
    Participant,
    SuggestedCard,
    Suggestion,
    Vote,
    Workshop,
)
from workshops.thoughts import Thought

Do = Callable[..., object]


class Board:
    """Two loose cards, one in Usage that all would keep, one parked, one kept in System Health, one face down."""

    def __init__(self, squad: Squad, ada: User, mia: User) -> None:
        self.workshop = make_workshop(squad, ada)
        self.lead, self.mia = place_of(self.workshop, ada), place_of(self.workshop, mia)
        self.usage, self.health = bucket_of(self.workshop), bucket_of(self.workshop, "System Health")
        self.loose = make_card(self.workshop, mia, "Who waits?")
        self.placed = make_card(self.workshop, mia, "Who calls?", bucket=self.usage)
        self.mate = make_card(self.workshop, ada, "Who hangs up?")
        self.parked = make_card(self.workshop, ada, "How often?", state="parked", reason="later", parked_until=DAY)
        self.kept = make_card(self.workshop, ada, "How many?", bucket=self.health, state="survived")
        self.hidden = make_card(self.workshop, mia, "Who is late?", is_revealed=False)
        Keep.objects.create(card=self.placed, participant=self.mia, value="keep")
        make_guest(self.workshop, name="Sue")  # who judges nothing, so that nothing settles by itself

    def suggested(self) -> None:
        row = Suggestion.objects.create(by=self.mia, title="Waiting")
        SuggestedCard.objects.create(suggestion=row, card=self.loose, text=self.loose.text)


DAY = date(2027, 2, 1)


def state_of(workshop: Workshop) -> dict[str, trails.Row]:
    """Every row of the board, private ones too."""
    rows = [
        *Bucket.objects.filter(workshop=workshop),
        *Card.objects.filter(workshop=workshop),
        *Keep.objects.filter(card__workshop=workshop),
        *Vote.objects.filter(bucket__workshop=workshop),
        *Consent.objects.filter(bucket__workshop=workshop),
    ]
    return {trails.name(row): trails.held(row) for row in rows}


def doings(board: Board) -> dict[str, tuple[Participant, Do]]:
    """Who does what, by the kind of its event."""
    room, mia, lead = board.workshop, board.mia, board.lead
    thoughts = [Thought("Why?", Card.Kind.QUESTION), Thought("Bugs", Card.Kind.METRIC)]
    hidden: dict[str, Any] = {"kind": "metric", "expectation": None}
    phrasing = Phrasing("Do callers come back?", "", "call them")
    pour = partial(buckets.merge, room, bucket=board.usage.pk, into=board.health.pk)
    empty = bucket_of(room, "Business Performance").pk
    throw = partial(cards.throw, room, thoughts=thoughts, expectation=None)
    return {
        "cards-thrown": (mia, partial(throw, is_hidden=False)),
        "cards-thrown face down": (mia, partial(throw, is_hidden=True)),
        "card-reworded": (mia, partial(cards.reword, board.placed, text="Who called?", **hidden)),
        "card-reworded face down": (mia, partial(cards.reword, board.hidden, text="Who is it?", **hidden)),
        "card-taken-back": (mia, partial(cards.take_back, room, card=board.hidden.pk)),
        "cards-moved": (mia, partial(moves.move, room, held={board.loose.pk: None}, to=board.usage.pk)),
        "cards-grouped": (mia, partial(grouping.join, room, held={board.loose.pk: None}, mate=board.mate.pk)),
        "bucket-opened": (mia, partial(buckets.open_new, room, title="Late", held={board.loose.pk: None})),
        "bucket-opened empty": (mia, partial(buckets.open_new, room, title="Late", held={})),
        "buckets-merged": (mia, pour),
        "bucket-renamed": (mia, partial(buckets.rename, room, bucket=board.usage.pk, title="Who uses it?")),
        "bucket-removed": (mia, partial(buckets.remove, room, bucket=empty)),
        "suggestion-accepted": (mia, accepting(board)),
        "card-judged": (mia, partial(keeps.judge, board.placed, value="park", reason="later")),
        "card-judged first": (lead, partial(keeps.judge, board.placed, value="keep", reason="")),
        "bucket-settled": (lead, partial(keeps.settle, room, bucket=board.usage.pk)),
        "card-decided": (lead, partial(keeps.decide, board.placed, reason="later", until=None)),
        "card-restored": (mia, partial(keeps.restore, board.parked)),
        "bucket-phrased": (mia, partial(focus.phrase, board.health, wanted=phrasing, seen=board.health.stamp)),
        "dot-placed": (mia, partial(focus.dot, board.health, change=1)),
        "group-brought-back": (lead, bringing(board)),
        "consent-given": (
            mia,
            partial(focus.consent, board.health, value="concern", text="Which callers?", seen=board.health.stamp),
        ),
    }


def bringing(board: Board) -> Do:
    """A group with a card in a bucket of its own, one in Usage that was worded anew, and one that is loose."""

    def bring(*, by: Participant, operation: UUID) -> None:
        group = apart.open_group(board.workshop, 1)
        seat = apart.seat(group, by)
        own = Bucket.objects.create(workshop=group, title="Own")
        for text, bucket in (("Who flies?", own), ("Who pays?", group.buckets.get(title="Usage")), ("Why?", None)):
            state = "grouped" if bucket else "thrown"
            fields: dict[str, Any] = {"is_revealed": True, "bucket": bucket, "state": state}
            card = Card.objects.create(workshop=group, participant=seat, text=text, **fields)
        CardWording.objects.create(card=card, text="Why at all?", by=seat)
        bringing_back.bring_back(board.workshop, group=group, by=by, operation=operation)

    return bring


def accepting(board: Board) -> Do:
    def accept(*, by: Participant, operation: UUID) -> None:
        board.suggested()
        suggesting.accept(board.workshop, group=None, by=by, operation=operation)

    return accept


def do(by: Participant, what: Do) -> UUID:
    what(by=by, operation=(operation := uuid4()))
    return operation


def undo(board: Board, of: UUID, by: Participant | None = None) -> None:
    undoing.undo(board.workshop, of=of, by=by or board.mia, operation=uuid4())


def redo(board: Board, of: UUID, by: Participant | None = None) -> None:
    undoing.redo(board.workshop, of=of, by=by or board.mia, operation=uuid4())


def move(board: Board, to: Bucket, by: Participant | None = None) -> UUID:
    board.loose.refresh_from_db()
    held = {board.loose.pk: board.loose.bucket_id}
    return do(by or board.mia, partial(moves.move, board.workshop, held=held, to=to.pk))
