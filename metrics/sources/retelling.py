"""Errors are kept in the language of the code: a worker does not know who will read them. Pages say them in theirs."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

LINE = gettext_noop("Line %(line)d: ")
TOLD = (
    gettext_noop("The answer has no column “%(column)s”; it has %(columns)s."),
    gettext_noop("%(at)s lies outside the time that was asked for. Compare with %%(start)s and %%(end)s."),
    gettext_noop("%(at)s is not the start of a slot. Cut the times, for example with date_trunc."),
    gettext_noop("The times in “ts” have no time zone. Write ts AT TIME ZONE '%(zone)s', or wherever they are."),
    gettext_noop("“ts” holds %(value)s where a time is wanted."),
    gettext_noop("%(at)s comes %(times)d times in the answer; one row a slot is wanted."),
    gettext_noop("The bound %(bound)g comes twice for %(at)s."),
    gettext_noop("“%(column)s” is negative."),
    gettext_noop("“%(column)s” holds %(value)s where a number is wanted."),
    gettext_noop("“%(column)s” holds %(value)s, which is no number."),
    gettext_noop("It took longer than %(seconds)d s and was stopped. Ask for a shorter time or add an index."),
    gettext_noop("The answer has more than %(rows)d rows. Group them into slots, or ask for a shorter time."),
    gettext_noop("The answer is larger than %(size)d kB. Select only the columns that metrics read."),
    gettext_noop("The answer has two columns named “%(column)s”. Name each with AS."),
    gettext_noop("The source refused the password of “%(user)s”."),
    gettext_noop("The user “%(user)s” may not read that (%(said)s). Ask its owner for SELECT."),
    gettext_noop("This MDD knows no source of the kind “%(kind)s”."),
    gettext_noop("Write one statement; this is %(number)d."),
    gettext_noop("The function %(name)s is not allowed here."),
    gettext_noop("“%(name)s” is not known here. A query may use %%(start)s, %%(end)s and %%(step)s."),
    gettext_noop("Nothing is known under the name “%(host)s”."),
    gettext_noop("The name “%(host)s” was not found in time."),
    gettext_noop("MDD may not connect to %(host)s, port %(port)d. An operator can allow it."),
    gettext_noop("This squad may not ask “%(source)s” any more."),
)
PLACE = re.compile(r"(?<!%)%\((\w+)\)[a-z]")


def retold(sentence: str) -> str:
    """What a source or a worker said, as far as we know the words: what a database says itself stays as it is."""
    if not sentence or get_language() == settings.LANGUAGE_CODE:
        return sentence
    if found := pattern(LINE, end="(?P<rest>.*)").fullmatch(sentence):
        return filled(LINE, found) + found["rest"]
    for msgid in TOLD:
        if found := pattern(msgid).fullmatch(sentence):
            return filled(msgid, found)
    return gettext(sentence)


@cache
def pattern(msgid: str, *, end: str = "") -> re.Pattern[str]:
    literal, names = PLACE.split(msgid)[::2], PLACE.findall(msgid)
    parts = [re.escape(part.replace("%%", "%")) for part in literal]
    holes = [*(f"(?P<{name}>.*)" for name in names), end]
    return re.compile("".join(part + hole for part, hole in zip(parts, holes, strict=True)), re.DOTALL)


def filled(msgid: str, found: re.Match[str]) -> str:
    return PLACE.sub(r"%(\1)s", gettext(msgid)) % found.groupdict()
