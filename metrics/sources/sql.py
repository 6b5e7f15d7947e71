"""A first look at a query, as a courtesy: the role that asks is the barrier, and the server is the judge."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext as _

from .errors import Code, SourceError

NAMES = ("start", "end", "step")
PERCENT = re.compile(r"%\((\w+)\)s|%%|%")
STAND_INS = {"start": "now()", "end": "now()", "step": "interval '1 hour'"}


@lru_cache(maxsize=256)  # a refusal is raised and so never remembered
def look(text: str, dialect: str) -> None:
    """Raise SourceError BAD_QUERY when the text is plainly not one SELECT. What we cannot read the server judges."""
    if not text.strip():
        raise bad(_("Write a query."))
    if "\0" in text:
        raise bad(_("The query holds a character that no database takes (NUL)."))
    from . import statements

    statements.only_reads(filled(text), dialect)


def for_psycopg(text: str) -> str:
    """The query with every percent sign doubled that is not one of our parameters, as psycopg wants it.

    Raises SourceError BAD_QUERY for a parameter that we do not know.
    """
    return PERCENT.sub(kept, text)


def kept(match: re.Match[str]) -> str:
    name = match.group(1)
    if name and name not in NAMES:
        raise bad(
            _("“%(name)s” is not known here. A query may use %%(start)s, %%(end)s and %%(step)s.") % {"name": name}
        )
    return match.group() if name else "%%"


def filled(text: str) -> str:
    """The query with stand-ins for its parameters, so that it can be parsed."""
    return PERCENT.sub(lambda match: STAND_INS.get(match.group(1) or "", "%"), text)


def line_at(text: str, position: int) -> int:
    """The line of a character (counted from 1) in the text as the server saw it, with $1 for a parameter."""
    seen = PERCENT.sub(lambda match: "$1" if match.group(1) else "%", text)
    return seen.count("\n", 0, max(position - 1, 0)) + 1


def bad(sentence: str) -> SourceError:
    return SourceError(Code.BAD_QUERY, sentence)
