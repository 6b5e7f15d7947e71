"""Statements of a squad as chains: a wording, and the one that took its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from mdd.models import Customer, Deliverable, Expectation

S = TypeVar("S", Deliverable, Customer, Expectation)


@dataclass(frozen=True)
class Chains(Generic[S]):
    """All wordings of one kind, those in force and those that were."""

    rows: Sequence[S]

    @cached_property
    def by_pk(self) -> Mapping[int, S]:
        return {row.pk: row for row in self.rows}

    @cached_property
    def before(self) -> Mapping[int, S]:
        """By each statement the one whose place it took."""
        return {row.superseded_by_id: row for row in self.rows if row.superseded_by_id}

    def past(self, row: S) -> list[S]:
        """The earlier wordings of a statement, the latest first."""
        found: list[S] = []
        while earlier := self.before.get(row.pk):
            found.append(earlier)
            row = earlier
        return found

    def root(self, pk: int) -> int:
        """What all wordings of one statement have in common."""
        while earlier := self.before.get(pk):
            pk = earlier.pk
        return pk

    def rooted(self, rows: Iterable[S]) -> dict[int, S]:
        return {self.root(row.pk): row for row in rows}

    def in_force(self, at: datetime | None = None) -> list[S]:
        """The wordings that counted at a moment, or count now."""
        return [row for row in self.rows if self.counted(row, at)]

    def counted(self, row: S, at: datetime | None) -> bool:
        after = self.by_pk.get(row.superseded_by_id or 0)
        if at is None:
            return after is None
        return row.agreed_at <= at and (after is None or after.agreed_at > at)

    def then(self, pk: int, at: datetime | None) -> S:
        """The wording of a statement that counted at a moment: links always lead to the latest."""
        row = self.by_pk[pk]
        while at and row.agreed_at > at and row.pk in self.before:
            row = self.before[row.pk]
        return row
