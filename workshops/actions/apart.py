"""Splitting into groups that throw and group apart. Each is a workshop of its own; everybody has a seat in one."""

from __future__ import annotations

from secrets import SystemRandom
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd import live
from mdd.models import Topic
from workshops import presence
from workshops.actions import writing
from workshops.actions.guests import free_name
from workshops.actions.refusals import Refused
from workshops.actions.workshops import held
from workshops.models import APART, Bucket, Participant, Workshop

SEATS = UUID("6b7f6d0e-5f0b-4a27-8f5b-6a0f1f0f7c3e")
ROLES = Participant.Role


@transaction.atomic
def split(whole: Workshop, *, groups: int, by: Participant, operation: UUID) -> None:
    """Make groups and deal out evenly who is here; each may go to another one. Raises Refused."""
    if not writing.is_new(whole, operation):
        return
    whole = held(whole)
    refuse_split(whole)
    people = here(whole)
    if len(people) < groups:
        raise Refused(too_few(len(people)))
    made = [open_group(whole, number) for number in range(1, groups + 1)]
    for place, person in enumerate(people):
        seat(made[place % groups], person, leads=place < groups)
    for group in made:
        stage = {"stage": group.stage}
        live.record(group.topic, "workshop-started", operation=uuid4(), by=by.actor, payload=stage)
    payload = {"groups": [group.pk for group in made]}
    live.record(whole.topic, "groups-made", operation=operation, by=by.actor, payload=payload)


def refuse_split(whole: Workshop) -> None:
    if whole.is_group or whole.template.is_solo or whole.stage not in APART:
        raise Refused(_("You split into groups where cards are thrown and grouped, and nowhere else."))
    if whole.groups.unfinished().exists():
        raise Refused(_("You are in groups already. Bring them back first."))


def here(whole: Workshop) -> list[Participant]:
    """Who is to be dealt out: those who can lead a group first, those without a device last."""
    people = list(Participant.objects.judging().filter(workshop=whole).select_related("user"))
    people = [person for person in people if presence.is_here(person)]
    SystemRandom().shuffle(people)
    return sorted(people, key=lambda person: (person.is_guest, not person.has_device))


def too_few(people: int) -> str:
    said = ngettext("Only %(n)s person is here.", "Only %(n)s people are here.", people) % {"n": people}
    return said + " " + _("Make fewer groups.")


def open_group(whole: Workshop, number: int) -> Workshop:
    """A workshop at the stage of the whole, with empty buckets of the same names."""
    group = Workshop.objects.create(
        squad=whole.squad,
        title=_("Group %(n)s") % {"n": number},
        template=whole.template,
        stage=whole.stage,
        topic=Topic.objects.create(key=f"workshop:{uuid4()}"),
        is_anonymous=whole.is_anonymous,
        parent=whole,
    )
    Bucket.objects.bulk_create(
        Bucket(workshop=group, title=bucket.title, origin=bucket.origin, position=bucket.position)
        for bucket in whole.buckets.all()
    )
    return group


def seat(group: Workshop, person: Participant, *, leads: bool = False) -> Participant:
    """Somebody's place in a group, taken or taken again. Who has no account leads nobody."""
    found = Participant.objects.filter(workshop=group, origin=person) | group.participants.filter(
        user__isnull=False, user=person.user
    )
    if there := found.first():
        there.removed_at, there.origin = None, person
        there.save(update_fields=["removed_at", "origin"])
        return there
    role = ROLES.FACILITATOR if leads and not person.is_guest else ROLES.PARTICIPANT
    name = person.name and free_name(group, person.name)
    return Participant.objects.create(
        workshop=group, user=person.user, name=name, has_device=person.has_device, role=role, origin=person
    )


@transaction.atomic
def go_to(whole: Workshop, *, group: Workshop, by: Participant, operation: UUID) -> None:
    """Sit in this group and in no other. What was thrown in another stays there. Raises Refused once it is back."""
    if not writing.is_new(whole, operation):
        return
    if held(group).state == Workshop.State.CLOSED:
        raise Refused(writing.back_already(group))
    for other in seats_of(by).exclude(workshop=group):
        leave(other, operation)
    place = seat(group, by)
    say(place, "participant-joined", operation)
    payload = {"participant": by.pk, "group": group.pk}
    live.record(whole.topic, "group-chosen", operation=operation, by=by.actor, payload=payload)


def seats_of(person: Participant) -> QuerySet[Participant]:
    return Participant.objects.remaining().filter(origin=person).select_related("workshop__topic", "user")


def leave(place: Participant, operation: UUID) -> None:
    place.removed_at = timezone.now()
    place.save(update_fields=["removed_at"])
    say(place, "participant-removed", operation)


def say(place: Participant, kind: str, operation: UUID) -> None:
    key = uuid5(SEATS, f"{operation} {place.workshop_id} {kind}")
    if live.is_new(place.workshop.topic, key):
        live.record(place.workshop.topic, kind, operation=key, by=place.actor, payload={"participant": place.pk})
