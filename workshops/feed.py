"""Who may follow a workshop, and what its stream carries."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from mdd.actors import Guest
from mdd.http import Request
from mdd.live import feeds, key_of
from mdd.live.feeds import Admission, Groups
from mdd.models import Membership, Topic
from mdd.models.people import WRITERS
from workshops import guests, parts, presence, rooms
from workshops.actions import countdowns, deadlines, meetings
from workshops.models import Participant, Workshop
from workshops.parts import Audience, SharedRoom
from workshops.readings import Reading

REVOKING = frozenset(("participant-removed", "role-given", "facilitator-joined"))


class WorkshopFeed:
    """Topics "workshop:…"."""

    def admit(self, request: Request, topic: Topic) -> Admission:
        workshop = topic.workshop.pk
        if guest := guests.guest_of(request, workshop):
            request.actor = Guest(guest.pk)
        elif not request.user.is_authenticated:
            raise Http404
        room = rooms.find(request, workshop)
        session = "" if room.is_guest else request.session.session_key or ""
        beside = next((page for page in parts.BESIDE if page == request.GET.get("as")), None)
        if beside != Audience.WALL:
            presence.note(room.me)
        if beside:
            return Admission(f"{beside}:{key_of(request.actor)}", beside, session)
        return Admission(key_of(request.actor), parts.audience_of(room), session)

    def draw(self, topic: Topic, audiences: Collection[str], names: Collection[str] | None) -> Mapping[str, Groups]:
        reading = Reading(of(topic))
        return {each: drawn(reading, each, names) for each in audiences}

    def touches(self, topic: Topic, kind: str) -> Collection[str] | None:
        return parts.touched(of(topic), kind)

    def revokes(self, kind: str) -> bool:
        return kind in REVOKING

    def audiences(self, topic: Topic, keys: Collection[str]) -> Mapping[str, str]:
        people = list(Participant.objects.inside().filter(workshop=topic.workshop))
        members = Membership.objects.filter(squad=topic.workshop.squad_id, user__is_active=True)
        roles = members.values_list("user", "role")
        places = {person.user_id: person for person in people}
        seen = {f"user:{user}": of_member(role, places.get(user)) for user, role in roles}
        seen |= {f"guest:{person.pk}": of_guest(person) for person in people if person.is_guest}
        return seen | {f"{page}:{key}": page for page in parts.BESIDE for key in seen}

    def seen(self, topic: Topic, keys: Collection[str]) -> None:
        """A wall is nobody being here."""
        here = [key.removeprefix(f"{Audience.LOBBY}:") for key in keys]
        users = [key.removeprefix("user:") for key in here if key.startswith("user:")]
        others = [key.removeprefix("guest:") for key in here if key.startswith("guest:")]
        rows = Participant.objects.filter(Q(user__in=users) | Q(pk__in=others, user=None), workshop=topic.workshop)
        rows.update(last_seen_at=timezone.now())
        meetings.arrive(topic.workshop)
        countdowns.arrive(topic.workshop)
        deadlines.arrive(topic.workshop)


def of(topic: Topic) -> Workshop:
    """The workshop of a topic, read once for each time the topic is read."""
    if not Topic.workshop.is_cached(topic):
        topic.workshop = Workshop.objects.knowing_groups().select_related("squad", "template").get(topic=topic)
    return topic.workshop


def drawn(reading: Reading, audience: str, names: Collection[str] | None) -> Groups:
    with feeds.spoken(audience) as name:
        return parts.draw(SharedRoom.of(reading, name), names)


def of_member(role: str, place: Participant | None) -> Audience:
    if role not in WRITERS or (place and place.is_observer):
        return Audience.LOOK
    return Audience.LEAD if place and place.is_facilitator else Audience.MEMBER


def of_guest(place: Participant) -> Audience:
    return Audience.LOOK if place.is_observer else Audience.GUEST
