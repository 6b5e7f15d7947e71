"""How often somebody may guess wrong. Kept in the cache, which is the database's."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Tries:
    """At most `most` misses of one guesser within `seconds`, each forgotten by itself when its time is over.

    A miss takes one of `most` pegs by `add`, which happens once however many come at a time.
    """

    name: str
    most: int
    seconds: int

    def pegs(self, guesser: str) -> list[str]:
        return [f"{self.name}:{guesser}:{number}" for number in range(self.most)]

    def are_used_up(self, guesser: str) -> bool:
        return len(cache.get_many(self.pegs(guesser))) >= self.most

    def miss(self, guesser: str) -> None:
        taken = cache.get_many(self.pegs(guesser))
        free = (peg for peg in self.pegs(guesser) if peg not in taken)
        any(cache.add(peg, 1, self.seconds) for peg in free)
