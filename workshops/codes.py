"""Six digits that lead into a workshop while it is open."""

from __future__ import annotations

from secrets import randbelow

from workshops.models import Workshop

DIGITS = 6


def fresh() -> str:
    """A code that no other workshop has now."""
    while Workshop.objects.filter(join_code=(code := f"{randbelow(10**DIGITS):0{DIGITS}}")).exists():
        pass
    return code


def code_for(workshop: Workshop) -> str | None:
    """The code of a workshop as it is now: none while it rests, for somebody alone, or for a group of a whole one."""
    if not workshop.is_open or workshop.template.is_solo or workshop.is_group:
        return None
    return workshop.join_code or fresh()


def spaced(code: str) -> str:
    """As people read it aloud: “482 915”."""
    return f"{code[:3]} {code[3:]}"
