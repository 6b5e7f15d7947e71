"""Two people who do whatever comes to their mind on one board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction

from tests.workshops.doing_all import Board
from workshops import doings
from workshops.actions import buckets, cards, focus, keeps, moves, undoing
from workshops.actions.focus import Phrasing
from workshops.actions.refusals import Refused
from workshops.models import Bucket, Card, Reason
from workshops.thoughts import Thought

Step = Callable[[], object]
T = TypeVar("T")
REASONS = ["", *Reason.values]


class Hands:
    def __init__(self, board: Board, seed: int) -> None:
        self.room, self.people, self.random = board.workshop, (board.lead, board.mia), Random(seed)

    def act(self) -> None:
        """One thing, refused or not, as one request."""
        with suppress(Refused), transaction.atomic():
            self.pick(self.steps())()

    def steps(self) -> list[Step]:
        of_cards = [self.throw, self.reword, self.take_back, self.reveal, self.move, self.move, self.decide]
        of_buckets = [self.open_new, self.rename, self.merge, self.remove, self.phrase, self.settle]
        return [*of_cards, *of_buckets, self.restore, self.judge, self.undo, self.undo, self.redo]

    def by(self) -> dict[str, Any]:
        return {"by": self.pick(self.people), "operation": uuid4()}

    def pick(self, found: Sequence[T]) -> T:
        if not found:
            raise Refused
        return self.random.choice(found)

    def card(self, **fields: object) -> Card:
        return self.pick(list(Card.objects.filter(workshop=self.room, **fields).order_by("pk")))

    def bucket(self) -> Bucket:
        return self.pick(list(Bucket.objects.filter(workshop=self.room)))

    def word(self) -> str:
        return f"word {self.random.randrange(10**6)}"

    def held(self) -> dict[int, int | None]:
        card = self.card(is_revealed=True)
        return {card.pk: card.bucket_id}

    def throw(self) -> None:
        thoughts = [Thought(self.word(), Card.Kind.METRIC) for _ in range(2)]
        is_hidden = self.pick([True, False])
        cards.throw(self.room, thoughts=thoughts, expectation=None, is_hidden=is_hidden, **self.by())

    def reword(self) -> None:
        cards.reword(self.card(), text=self.word(), kind=self.pick(Card.Kind.values), expectation=None, **self.by())

    def take_back(self) -> None:
        cards.take_back(self.room, card=self.card(is_revealed=False).pk, **self.by())

    def reveal(self) -> None:
        cards.reveal(self.room, **self.by())

    def move(self) -> None:
        moves.move(self.room, held=self.held(), to=self.pick([None, self.bucket().pk]), **self.by())

    def decide(self) -> None:
        keeps.decide(self.card(is_revealed=True), reason=self.pick(REASONS), until=None, **self.by())

    def restore(self) -> None:
        keeps.restore(self.card(is_revealed=True), **self.by())

    def judge(self) -> None:
        keeps.judge(self.card(is_revealed=True), value="keep", reason="", **self.by())

    def settle(self) -> None:
        keeps.settle(self.room, bucket=self.bucket().pk, **self.by())

    def open_new(self) -> None:
        buckets.open_new(self.room, title=self.word(), held=self.held(), **self.by())

    def rename(self) -> None:
        buckets.rename(self.room, bucket=self.bucket().pk, title=self.word(), **self.by())

    def merge(self) -> None:
        buckets.merge(self.room, bucket=self.bucket().pk, into=self.bucket().pk, **self.by())

    def remove(self) -> None:
        buckets.remove(self.room, bucket=self.bucket().pk, **self.by())

    def phrase(self) -> None:
        bucket = self.bucket()
        focus.phrase(bucket, wanted=Phrasing(self.word(), "", self.word()), seen=bucket.stamp, **self.by())

    def undo(self) -> None:
        by = self.by()
        undoing.undo(self.room, of=self.pick(doings.to_undo(doings.doings(by["by"]))[:2]).operation, **by)

    def redo(self) -> None:
        by = self.by()
        undoing.redo(self.room, of=self.pick(doings.to_redo(doings.doings(by["by"]))[:1]).operation, **by)
