"""What an action changes, row by row: enough to take it back, to do it again, and to show the board of before.

A change is a pair, the row before and after, of the columns that differ. None is a row that is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model

from workshops.models import Bucket, Card, CardWording, Consent, Keep, Vote, Workshop

Row = Mapping[str, Any]
Change = Sequence[Row | None]
Rows = Mapping[str, Change]
"""Changes by the name of their row: "card:12"."""

OF_CARD = ("text", "kind", "weight", "state", "reason", "parked_until", "is_revealed")
COLUMNS: Mapping[str, Sequence[str]] = {
    "workshop": ("state",),
    "bucket": (
        "workshop_id",
        "title",
        "origin",
        "position",
        "question",
        "unit",
        "if_rises",
        "if_falls",
        "dashboard_id",
    ),
    "card": ("workshop_id", "bucket_id", "participant_id", "expectation_id", *OF_CARD),
    "cardwording": ("card_id", "text", "by_id"),
    "keep": ("card_id", "participant_id", "value", "reason"),
    "vote": ("bucket_id", "participant_id", "dots", "is_revealed"),
    "consent": ("bucket_id", "participant_id", "about", "value", "text", "is_revealed"),
}
Kept = type[Workshop] | type[Bucket] | type[Card] | type[CardWording] | type[Keep] | type[Vote] | type[Consent]

MODELS: Mapping[str, Kept] = {
    "workshop": Workshop,
    "bucket": Bucket,
    "card": Card,
    "cardwording": CardWording,
    "keep": Keep,
    "vote": Vote,
    "consent": Consent,
}
"""In the order in which rows are made: what others stand on comes first."""


class Trail:
    """Rows as they are before something is done to them."""

    def __init__(self, *rows: Model) -> None:
        self.before = {name(row): held(row) for row in rows}

    def since(self, *made: Model) -> Rows:
        """What has become of them, and what was made meanwhile, as the database says."""
        return self.until(now([*self.before, *map(name, made)]))

    def to(self, *rows: Model) -> Rows:
        """As `since`, where all of them are at hand as they were written."""
        return self.until({name(row): held(row) for row in rows})

    def until(self, after: Mapping[str, Row]) -> Rows:
        names = dict.fromkeys([*self.before, *after])
        return {each: change(self.before.get(each), after.get(each)) for each in names if differs(self, after, each)}


def differs(trail: Trail, after: Mapping[str, Row], row: str) -> bool:
    return trail.before.get(row) != after.get(row)


def name(row: Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def held(row: Model) -> Row:
    return {column: plain(getattr(row, column)) for column in COLUMNS[str(row._meta.model_name)]}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def now(names: Iterable[str]) -> dict[str, Row]:
    """Those of these rows that are there, as they are."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for each in names:
        kind, _colon, pk = each.partition(":")
        wanted[kind].append(pk)
    rows = [MODELS[kind].objects.filter(pk__in=pks) for kind, pks in wanted.items()]
    return {name(row): held(row) for found in rows for row in found}


def change(before: Row | None, after: Row | None) -> Change:
    if before is None or after is None:
        return [before, after]
    columns = [column for column in before if before[column] != after[column]]
    return [{column: before[column] for column in columns}, {column: after[column] for column in columns}]


def backwards(rows: Rows) -> Rows:
    return {each: [after, before] for each, (before, after) in rows.items()}
