"""Who can see a workshop: its squad, and the guests that are in it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd import audience
from workshops.rooms import Room


def sentence(room: Room) -> str:
    """The sentence at the head of the room. Guests and those who look on are told of the squad, not who is in it."""
    if not room.is_member:
        said = _("Seen by the squad %(squad)s and by the guests in here.")
        return said % {"squad": room.workshop.squad.name}
    guests = sum(person.is_guest and person.has_device for person in room.inside)
    if not guests:
        return audience.sentence(room.reading.members)
    members = len(room.reading.members)
    squad = ngettext("Seen by the one person of this squad", "Seen by the %(n)d people of this squad", members)
    others = ngettext("and by one guest of this workshop.", "and by %(n)d guests of this workshop.", guests)
    return f"{squad % {'n': members}} {others % {'n': guests}}"
