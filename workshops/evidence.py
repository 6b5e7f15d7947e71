"""Reading evidence that comes as a table: a ticket or a remark a line, and how often it came up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from workshops.models import Card
from workshops.thoughts import Thought
from workshops.wording import problems

HEADS = frozenset(("text", "remark", "ticket", "title", "summary", "comment", "answer", "evidence"))
OFTENEST = 9_999


@dataclass
class Evidence:
    """What was read: texts with how often each came up, by the text without its case; and lines that were left out."""

    texts: dict[str, tuple[str, int]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def thoughts(self) -> list[Thought]:
        return [Thought(text, Card.Kind.EVIDENCE, count) for text, count in self.texts.values()]

    def take(self, text: str, count: int) -> None:
        """Two that say the same are one that came up more often."""
        first, before = self.texts.get(text.casefold(), (text, 0))
        self.texts[text.casefold()] = (first, before + count)


def read(pasted: str) -> Evidence:
    found = Evidence()
    for number, cells in rows(pasted):
        if problem := wrong(cells):
            found.left_out.append(_("Line %(number)s: %(problem)s") % {"number": number, "problem": problem})
        else:
            found.take(cells[0], int(cells[1]) if len(cells) > 1 else 1)
    return found


def rows(pasted: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines that say anything, each with its number; a first line that names the columns is none."""
    table = csv.reader(io.StringIO(pasted, newline=""), delimiter=separator(pasted))
    try:
        for cells in table:
            said = trimmed(cells)
            if said and not (table.line_num == 1 and said[0].casefold() in HEADS):
                yield table.line_num, said
    except csv.Error:
        yield table.line_num, ["", ""]


def separator(pasted: str) -> str:
    """What stands between text and count: a tab, or what the first line has most of."""
    first = pasted.lstrip().split("\n", 1)[0]
    return "\t" if "\t" in first else max(",;", key=first.count)


def trimmed(cells: Sequence[str]) -> list[str]:
    words = [" ".join(cell.split()) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return words


def wrong(cells: Sequence[str]) -> str:
    """What is wrong with a line, or ""."""
    if len(cells) > 2:
        return _("there are more than two columns. Put quotes around a text that holds a comma.")
    count = cells[1] if len(cells) > 1 else "1"
    if not (count.isascii() and count.isdecimal() and 1 <= len(count) <= len(str(OFTENEST)) and int(count)):
        return _("“%(count)s” is no count. Put quotes around a text that holds a comma.") % {"count": count}
    return " ".join(problems(cells[0]))
