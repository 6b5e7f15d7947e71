"""A table that somebody pastes: one row a slot, a date or time and a value.

Columns are parted by tabs, semicolons or commas. Where commas part them, a point is the decimal sign; else the numbers
show which it is, and a number that could be read in two ways (1.234) is refused rather than guessed at. A first row
without a digit is a heading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import Metric
from metrics.readings import LARGEST, Reading
from metrics.slots import EARLIEST, slot_at

MOST_ROWS = 5_000
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?\d{1,3}([ .,'\u00a0\u202f]\d{3})+([.,]\d+)?")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}.*")


@dataclass(frozen=True)
class Refused:
    """A line that could not be read; `line` counts from 1 as it was pasted."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True)
class Pasted:
    """The readings of a table, or, if any line was refused, which ones and why."""

    readings: Sequence[Reading] = ()
    refused: Sequence[Refused] = ()


class Unreadable(Exception):
    """One cell that is not what it should be; the message is a sentence for who pasted it."""


class Endless(Exception):
    """A cell is longer than any number or day; `line` is where it begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Row:
    """One line of the table, its cells without the space around them."""

    line: int
    cells: tuple[str, ...]


def parse(text: str, metric: Metric) -> Pasted:
    """Read a pasted table for a metric: all of it or nothing."""
    sign = separator(text)
    try:
        rows = without_heading(list(rows_of(text, sign)))
    except Endless as error:
        return Pasted(refused=[Refused(error.line, _("a cell is too long. Is a quotation mark left open?"))])
    if not rows:
        return Pasted(refused=[Refused(1, _("There is no row with a date and a value."))])
    if len(rows) > MOST_ROWS:
        return Pasted(refused=[Refused(MOST_ROWS + 1, _("At most 5,000 rows at once; paste the rest afterwards."))])

    found: dict[datetime, int] = {}
    decimal = decimal_sign(rows, sign)
    readings, refused = [], []
    for row in rows:
        try:
            readings.append(reading(row, metric, decimal, found))
        except Unreadable as error:
            refused.append(Refused(row.line, str(error)))
    return Pasted(refused=refused) if refused else Pasted(readings=readings)


def separator(text: str) -> str:
    """A tab or a semicolon if there is one, else the comma."""
    return next((sign for sign in "\t;" if sign in text), ",")


def rows_of(text: str, sign: str) -> Iterator[Row]:
    """The lines that hold something. Raises Endless."""
    line = 0
    try:
        for line, cells in enumerate(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=sign), start=1):
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                yield Row(line, stripped)
    except csv.Error as error:
        raise Endless(line + 1) from error


def without_heading(rows: list[Row]) -> list[Row]:
    has_heading = rows and not any(sign.isdigit() for cell in rows[0].cells for sign in cell)
    return rows[1:] if has_heading else rows


def reading(row: Row, metric: Metric, decimal: str, found: dict[datetime, int]) -> Reading:
    """Raises Unreadable. `found` remembers which line named which slot first."""
    if len(row.cells) != 2:
        sentence = _("two columns are wanted, a date and a value; here are %(n)d.")
        raise Unreadable(sentence % {"n": len(row.cells)})

    at = slot(row.cells[0], metric)
    if at in found:
        raise Unreadable(_("the same day or time as line %(line)d.") % {"line": found[at]})
    found[at] = row.line
    return Reading(metric.pk, at, number(row.cells[1], decimal))


def slot(text: str, metric: Metric) -> datetime:
    """The slot that holds a date or time, which is the squad's own where it names no zone. Raises Unreadable."""
    if not ISO.fullmatch(text):
        sentence = _("“%(text)s” is not a date. Write it as 2026-03-01, year first, so that nobody can misread it.")
        raise Unreadable(sentence % {"text": text[:40]})
    try:
        at = slot_at(moment(text, metric), metric.cadence, metric.zone, metric.squad.week_start)
    except (ValueError, OverflowError) as error:
        raise Unreadable(_("“%(text)s” is no day of the calendar.") % {"text": text[:40]}) from error
    if at > timezone.now():
        raise Unreadable(_("“%(text)s” is still to come.") % {"text": text[:40]})
    if at.astimezone(metric.zone).date() < EARLIEST:
        raise Unreadable(_("“%(text)s” is long ago: check the year.") % {"text": text[:40]})
    return at


def moment(text: str, metric: Metric) -> datetime:
    """Raises ValueError."""
    if len(text) == len("2026-03-01"):
        return datetime.combine(date.fromisoformat(text), time(), metric.zone)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=metric.zone)


def decimal_sign(rows: Sequence[Row], separator: str) -> str:
    """The sign that parts whole from broken in these numbers; "" where none of them shows it."""
    if separator == ",":
        return "."
    numbers = [cell for row in rows for cell in row.cells[1:] if NUMBER.fullmatch(cell)]
    shown = {sign for cell in numbers for sign in ".," if sign in cell and not THOUSANDS.fullmatch(cell)}
    return shown.pop() if len(shown) == 1 else ""


def number(text: str, decimal: str) -> float:
    """Raises Unreadable for what is no number, or could be two different ones."""
    is_plain = NUMBER.fullmatch(text) and not set(".,").intersection(text) - {decimal}
    if THOUSANDS.fullmatch(text) and not is_plain:
        sentence = _("“%(text)s” could be read in two ways. Leave out what parts the thousands.")
        raise Unreadable(sentence % {"text": text[:40]})
    if not NUMBER.fullmatch(text):
        raise Unreadable(_("“%(text)s” is not a number.") % {"text": text[:40]})

    value = float(text.replace(",", "."))
    if abs(value) > LARGEST:
        raise Unreadable(_("“%(text)s” is too large.") % {"text": text[:40]})
    return value
