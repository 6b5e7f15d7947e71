"""Somebody in the room without a device, for whom a facilitator speaks: chosen once, and kept for that browser."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mdd.actors import Actor
from mdd.http import Request
from workshops import rooms, trails
from workshops.actions.refusals import Refused
from workshops.models import Participant, Workshop
from workshops.rooms import Room


def choose(request: Request, workshop: Workshop, person: Participant | None) -> None:
    """Speak for somebody from now on; None: for oneself again."""
    chosen = {key: pk for key, pk in request.session.get(rooms.VOICES, {}).items() if key != str(workshop.pk)}
    request.session[rooms.VOICES] = chosen | ({str(workshop.pk): person.pk} if person else {})


def of(request: Request, me: Participant) -> Participant:
    """Whose word a form brings: that of the person it names, else of the one who sends it. Raises Refused.

    Never one's own in place of another's: what was meant as theirs would count as mine.
    """
    named = request.POST.get("on_behalf", "")
    if not named:
        return me
    found = next((person for person in rooms.written_for(me) if str(person.pk) == named), None)
    if found is None:
        raise Refused(_("You cannot speak for them any more, so this does not count."))
    return found


def own(room: Room, actor: Actor, rows: Any) -> list[Any]:
    """The rows that are the actor's own; of somebody they speak for, those that they have entered themselves."""
    if room.voice is None or room.me is None:
        return list(rows.of(actor))
    entered = {name for deed in room.me.deeds.all() for name in deed.rows}
    return [row for row in rows.filter(participant=room.voice) if trails.name(row) in entered]
