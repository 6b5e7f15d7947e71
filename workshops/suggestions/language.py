"""What is not English. The vectors know English; of other languages they mostly see which words are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def of(name: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8").split())


ENGLISH = of("english")
OTHERS = of("others")
"""Of German, French, Spanish, Portuguese, Italian, Dutch and Polish, without those that English texts have too."""


def foreign(texts: Sequence[str]) -> list[int]:
    """The indexes of the texts that are not in English. In doubt a text is: "login failures" has no language."""
    return [index for index, text in enumerate(texts) if not is_english(text)]


def is_english(text: str) -> bool:
    """By its letters first, then by the small words that each language is full of."""
    letters = [sign for sign in text if sign.isalpha()]
    if 2 * sum(is_latin(sign) for sign in letters) < len(letters):
        return False
    words = [word.casefold() for word in WORD.findall(text)]
    return sum(word in OTHERS for word in words) <= sum(word in ENGLISH for word in words)


def is_latin(sign: str) -> bool:
    return sign.isascii() or unicodedata.name(sign, "").startswith("LATIN")
