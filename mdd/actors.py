"""Who may look: the four kinds of actor, and which squads each of them sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from django.db.models import Q

if TYPE_CHECKING:
    from mdd.models import User


@dataclass(frozen=True)
class Guest:
    """Somebody without an account who joined one workshop."""

    participant: int


@dataclass(frozen=True)
class Display:
    """A paired screen with a clearance."""

    pk: int


@dataclass(frozen=True)
class Token:
    """Whoever has the link of one mail that asks for a number; `pk` is that delivery's."""

    pk: int


Actor: TypeAlias = "User | Guest | Display | Token"


def in_squads_of(actor: Actor, squad: str) -> Q:
    """Rows whose squad (`squad` is the lookup that leads to it, "" for the squad itself) the actor is in."""
    from mdd.models import User

    match actor:
        case User():
            return Q(**{f"{squad}__memberships__user" if squad else "memberships__user": actor})
        case Guest() | Display() | Token():
            return Q(pk__in=())
        case _:
            assert_never(actor)
