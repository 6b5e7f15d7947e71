"""People in the room: coming in without an account, being let in, taken out, given a role."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import live
from mdd.models import Event
from workshops.actions import counting, writing
from workshops.actions.refusals import Refused
from workshops.actions.workshops import held
from workshops.models import Participant, Workshop

# The log may be read by others, and who knows the key that a browser sent could come in as the same guest.
KEYS = UUID("5f0f6f5e-2d0c-4b5e-9a53-6a8f2f0f7d11")
ROLES = Participant.Role


@transaction.atomic
def come_in(workshop: Workshop, *, name: str, operation: UUID) -> Participant:
    """Let somebody in under a name, or to the door where they wait for approval. Sent again it is the same guest.

    Raises Refused while the workshop is locked.
    """
    key = uuid5(KEYS, str(operation))
    if not live.is_new(workshop.topic, key):
        return first_of(workshop, key)
    workshop = held(workshop)
    if workshop.is_locked or not workshop.is_open:
        raise Refused(door_is_locked())
    approved_at = None if workshop.needs_approval else timezone.now()
    guest = Participant.objects.create(workshop=workshop, name=free_name(workshop, name), approved_at=approved_at)
    kind = "participant-waits" if workshop.needs_approval else "participant-joined"
    note(workshop, kind, guest, by=guest, operation=key)
    return guest


def first_of(workshop: Workshop, key: UUID) -> Participant:
    joined = Event.objects.get(topic=workshop.topic, operation=key)
    return Participant.objects.select_related("workshop").get(pk=joined.payload["participant"])


@transaction.atomic
def add_without_device(workshop: Workshop, *, name: str, by: Participant, operation: UUID) -> None:
    """Note somebody who sits in the room without a device; a facilitator writes for them."""
    if not writing.is_new(workshop, operation):
        return
    person = Participant.objects.create(workshop=workshop, name=free_name(workshop, name), has_device=False)
    note(workshop, "participant-joined", person, by=by, operation=operation)


@transaction.atomic
def let_in(workshop: Workshop, *, person: int, by: Participant, operation: UUID) -> None:
    """Let in somebody who waits at the door. Raises Refused where they are not there any more."""
    if not writing.is_new(workshop, operation):
        return
    waiting = guest_in(workshop, person)
    waiting.approved_at = waiting.approved_at or timezone.now()
    waiting.save(update_fields=["approved_at"])
    note(workshop, "participant-joined", waiting, by=by, operation=operation)


@transaction.atomic
def take_out(workshop: Workshop, *, person: int, by: Participant, operation: UUID) -> None:
    """End a guest's access at once, or turn somebody away at the door. What they wrote stays. Raises Refused."""
    if not writing.is_new(workshop, operation):
        return
    out(workshop, guest_in(workshop, person), by=by, operation=operation)


@transaction.atomic
def leave(workshop: Workshop, *, by: Participant, operation: UUID) -> None:
    """Let a guest go. Who comes again is somebody new. Raises Refused for members: theirs is the squad's door."""
    if not live.is_new(workshop.topic, operation):
        return
    out(workshop, guest_in(workshop, by.pk), by=by, operation=operation)


def out(workshop: Workshop, guest: Participant, *, by: Participant, operation: UUID) -> None:
    guest.removed_at = timezone.now()
    guest.save(update_fields=["removed_at"])
    note(workshop, "participant-removed", guest, by=by, operation=operation)
    counting.hint(workshop)
    for seat in guest.seats.filter(removed_at=None).select_related("workshop__topic"):
        out(seat.workshop, seat, by=by, operation=uuid5(KEYS, f"{operation} {seat.pk}"))


@transaction.atomic
def give_role(workshop: Workshop, *, person: int, role: str, by: Participant, operation: UUID) -> None:
    """Make somebody facilitator, participant or observer; everybody may choose the last two for themselves.

    Raises Refused: guests do not facilitate, and only facilitators speak for others.
    """
    if not writing.is_new(workshop, operation):
        return
    chosen = Participant.objects.inside().select_related("user").filter(workshop=workshop, pk=person).first()
    if chosen is None:
        raise Refused(gone())
    if role == ROLES.FACILITATOR and chosen.is_guest:
        raise Refused(_("Guests cannot facilitate. Invite them to the squad first."))
    if not by.is_facilitator and (chosen != by or role == ROLES.FACILITATOR):
        raise Refused(_("Only a facilitator can do that."))
    chosen.role = role
    chosen.save(update_fields=["role"])
    note(workshop, "role-given", chosen, by=by, operation=operation)


def guest_in(workshop: Workshop, pk: int) -> Participant:
    """Somebody without an account who is in the room or at its door. Raises Refused."""
    guest = Participant.objects.remaining().filter(workshop=workshop, pk=pk, user=None).first()
    if guest is None:
        raise Refused(gone())
    return guest


def door_is_locked() -> str:
    return _("Nobody new can come in just now. Ask who runs the workshop to open the door.")


def gone() -> str:
    return _("They are not here any more.")


def free_name(workshop: Workshop, wanted: str) -> str:
    """The name somebody asks for, or with the next number where another person here has it: “Sam 2”."""
    people = Participant.objects.filter(workshop=workshop).select_related("user")
    taken = {person.shown_name.casefold() for person in people}
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name.casefold() not in taken)


def note(workshop: Workshop, kind: str, person: Participant, *, by: Participant, operation: UUID) -> None:
    live.record(workshop.topic, kind, operation=operation, by=by.actor, payload={"participant": person.pk})
