"""A draft of what a group is called: the words that its texts share, and others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from .words import WORD, stem_of, stems_of, words

LONGEST = 60
MOST = 3  # words


def title(texts: Sequence[str], others: Collection[str] = ()) -> str:
    """Up to three words that a third of the texts share, and `others` rather do not; "" where there are none."""
    shared, elsewhere = in_how_many(texts), in_how_many(others)
    least = max(min(2, len(texts)), len(texts) / 3)
    weights = {stem: count * count / (count + elsewhere[stem]) for stem, count in shared.items() if count >= least}
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:MOST]
    return phrase([stem for stem in best if 2 * weights[stem] >= weights[best[0]]], texts)[:LONGEST]


def in_how_many(texts: Collection[str]) -> Counter[str]:
    return Counter(stem for text in texts for stem in stems_of(text))


def phrase(stems: Sequence[str], texts: Sequence[str]) -> str:
    """The words as a text says them in one go, else a list of them."""
    forms = [written(stem, texts) for stem in stems]
    spoken = sorted(order for text in texts if (order := in_one_go(stems, text)))
    said = " ".join(forms[place] for place in spoken[0]) if spoken else ", ".join(forms)
    return said[:1].upper() + said[1:]


def written(stem: str, texts: Sequence[str]) -> str:
    """The form in which most of the texts write it."""
    forms = Counter(plain(word) for text in texts for word in words(text) if stem_of(word) == stem)
    return max(forms, key=lambda form: (forms[form], len(form), form))


def in_one_go(stems: Sequence[str], text: str) -> list[int]:
    """The order in which a text says these words side by side; [] where it does not."""
    said = [stem_of(word) for word in WORD.findall(text)]
    for start in range(len(said) - len(stems) + 1):
        run = said[start : start + len(stems)]
        if sorted(run) == sorted(stems):
            return [stems.index(stem) for stem in run]
    return []


def plain(word: str) -> str:
    """Without the capital that a sentence begins with; API and iOS stay as they are."""
    return word.lower() if word.istitle() else word
