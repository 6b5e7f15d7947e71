"""Who can see a workshop: its squad, and the guests that are in it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd import access, audience
from mdd.http import Request
from workshops.rooms import Room


def sentence(request: Request, room: Room) -> str:
    """The sentence at the head of the room. A guest is told of the squad, not how large it is."""
    if room.is_guest:
        said = _("Seen by the squad %(squad)s and by the guests in here.")
        return said % {"squad": room.workshop.squad.name}
    guests = sum(person.is_guest and person.has_device for person in room.inside)
    if not guests:
        return audience.of(request, room.workshop.squad)
    members = len(access.people_of(request, room.workshop.squad))
    squad = ngettext("Seen by the one person of this squad", "Seen by the %(n)d people of this squad", members)
    others = ngettext("and by one guest of this workshop.", "and by %(n)d guests of this workshop.", guests)
    return f"{squad % {'n': members}} {others % {'n': guests}}"
