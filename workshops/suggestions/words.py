"""The words that a text is about."""

from __future__ import annotations

import re

from . import language

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ASKING = language.ENGLISH | language.of("asking")
"""Words that many questions have whatever they are about."""


def stems_of(text: str) -> set[str]:
    return {stem_of(word) for word in words(text)}


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if says_something(word)]


def says_something(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word.casefold() not in ASKING


def stem_of(word: str) -> str:
    """Near enough to tell that "releases" and "release" are one."""
    word = word.casefold()
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word.rstrip("ei").removesuffix("y")
