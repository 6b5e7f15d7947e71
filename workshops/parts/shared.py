"""A room that nobody in particular stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.forms import Form
from django.template.loader import render_to_string

from mdd.live.feeds import Group
from workshops import seats
from workshops.readings import Reading
from workshops.rooms import Room


class Audience(StrEnum):
    """Who leads the workshop, who takes part as a member or as a guest, and who only looks on; and pages beside it.

    The lobby has no parts: it is told that something has happened, and asks for its list.
    """

    LEAD = "lead"
    MEMBER = "member"
    GUEST = "guest"
    LOOK = "look"
    WALL = "wall"
    LOBBY = "lobby"


BESIDE = (Audience.WALL, Audience.LOBBY)
LOOKING = (Audience.LOOK, *BESIDE)


def audience_of(room: Room) -> Audience:
    if not room.may_write:
        return Audience.LOOK
    if room.is_guest:
        return Audience.GUEST
    return Audience.LEAD if room.is_facilitator else Audience.MEMBER


@dataclass(frozen=True)
class SharedRoom(Room):
    """What a whole audience sees: what one person wrote or may do alone cannot be drawn from it.

    `asked` are forms of one page that are asked again; nothing of them is ever streamed.
    """

    audience: Audience = Audience.LOOK
    asked: Mapping[str, Form] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, audience: str, asked: Mapping[str, Form] | None = None) -> SharedRoom:
        seen = Audience(audience)
        is_member = seen in {Audience.LEAD, Audience.MEMBER}
        return cls(reading, None, is_member, audience=seen, asked=asked or {})

    @property
    def may_write(self) -> bool:
        return self.audience not in LOOKING

    @property
    def is_guest(self) -> bool:
        return self.audience == Audience.GUEST

    @property
    def is_facilitator(self) -> bool:
        return self.audience == Audience.LEAD

    @property
    def may_settle(self) -> bool:
        """Whether these people pick revealed answers and agree on words."""
        return self.is_facilitator and self.workshop.is_open

    @property
    def may_arrange(self) -> bool:
        """Whether these people move cards."""
        return self.may_write and self.workshop.is_open

    def part(self, name: str, **context: object) -> dict[str, Group]:
        """The group of one part: an element of this id, drawn by the template of this name."""
        return {name: {name: self.drawn(name.replace("-", "_"), **context)}}

    def drawn(self, template: str, **context: object) -> str:
        told = {"room": self, "workshop": self.workshop, "may_write": self.may_write, "csrf_token": seats.CSRF}
        return render_to_string(f"workshops/parts/{template}.html", told | context).strip()
