"""Which cards are alike: groups and marks from sentence vectors, worked out here, with nothing asked of the network.

`vectors` turns texts into vectors, `joining` makes groups of them, `marks` pairs, `titles` a name for a group, and
`language` says what it does not understand. Pure: texts in, indexes out. The order of the texts has no influence.

numpy is imported with the first question: it is a tenth of what a process needs to start, and most never ask.
"""

from collections.abc import Sequence

from .language import foreign
from .titles import title

__all__ = ["foreign", "groups", "pairs", "title"]


def groups(texts: Sequence[str]) -> list[list[int]]:
    from .joining import groups

    return groups(texts)


def pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    from .marks import pairs

    return pairs(texts)
