"""A copy of a board as Markdown, JSON and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from io import StringIO
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _

from workshops.copies import BoardCopy, BucketCopy, CardCopy
from workshops.exports import cell
from workshops.models import Card, Reason
from workshops.record import plain

FORMAT, VERSION = "mdd-board", 1
COLUMNS = ("bucket", "card", "kind", "times", "state", "reason", "asks again on", "serves", "of")


class Export(NamedTuple):
    """A kind of file: what the answer calls it, and who writes it."""

    label: str
    content_type: str
    write: Callable[[BoardCopy], str]


def as_json(board: BoardCopy) -> str:
    """All of it; `board_reading` reads it back."""
    return json.dumps({"format": FORMAT, "version": VERSION} | asdict(board), ensure_ascii=False, indent=2, default=str)


def as_csv(board: BoardCopy) -> str:
    """For spreadsheets: with the mark that tells them it is UTF-8, and nothing that they would take for a formula."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    for card in board.cards:
        rows.writerow([cell(value) for value in line(board, card)])
    return "\ufeff" + file.getvalue()


def line(board: BoardCopy, card: CardCopy) -> Sequence[str]:
    until = card.parked_until.isoformat() if card.parked_until else ""
    said = (card.text, card.kind, str(card.weight), card.state, card.reason, until)
    return (board.title_of(card), *said, card.expectation, card.customer)


def as_markdown(board: BoardCopy) -> str:
    """A text that wikis and repositories take."""
    return "\n\n".join([f"# {plain(board.title)}", *sections(board)]) + "\n"


def sections(board: BoardCopy) -> Iterator[str]:
    for place, bucket in enumerate(board.buckets):
        yield section(bucket.title, told(bucket), board.lying(place))
    if loose := board.lying(None):
        yield section(_("Loose"), [], loose)
    if board.parked:
        yield section(_("Parked"), [], board.parked)


def section(title: str, said: Sequence[str], cards: Sequence[CardCopy]) -> str:
    bullets = "\n".join(bullet(card) for card in cards) or _("No card lies here.")
    return "\n\n".join([f"## {plain(title)}", *said, bullets])


def told(bucket: BucketCopy) -> list[str]:
    said = {
        _("One question"): bucket.question,
        _("Counted in"): bucket.unit,
        _("If it rises we will"): bucket.if_rises,
        _("If it falls we will"): bucket.if_falls,
        _("Dots"): str(bucket.dots or ""),
    }
    return [f"**{label}:** {plain(text)}" for label, text in said.items() if text]


def bullet(card: CardCopy) -> str:
    return f"- {plain(card.text)} ({plain('; '.join(notes(card)))})"


def notes(card: CardCopy) -> Iterator[str]:
    yield str(Card.Kind(card.kind).label)
    if card.weight > 1:
        yield f"×{card.weight}"
    if card.state == Card.State.SURVIVED:
        yield _("kept")
    if card.reason:
        yield str(Reason(card.reason).label)
    if card.parked_until:
        yield _("asks again %(day)s") % {"day": formats.date_format(card.parked_until, _("j M Y"))}
    if card.expectation:
        yield _("serves “%(expectation)s” of %(customer)s") % {
            "expectation": card.expectation,
            "customer": card.customer,
        }


KINDS: Mapping[str, Export] = {
    "md": Export("Markdown", "text/markdown", as_markdown),
    "json": Export("JSON", "application/json", as_json),
    "csv": Export("CSV", "text/csv", as_csv),
}
