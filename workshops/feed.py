"""Who may follow a workshop, and what its stream carries."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mdd.http import Request
from mdd.live import key_of
from mdd.live.feeds import Admission, Groups
from mdd.models import Membership, Topic
from mdd.models.people import WRITERS
from workshops import parts, rooms
from workshops.models import Participant, Workshop
from workshops.parts import Audience


class WorkshopFeed:
    """Topics "workshop:…"."""

    def admit(self, request: Request, topic: Topic) -> Admission:
        room = rooms.fetch(request, topic.workshop.pk)
        return Admission(key_of(request.actor), parts.audience_of(room), request.session.session_key or "")

    def draw(self, topic: Topic, audience: str, names: Collection[str] | None) -> Groups:
        rows = Workshop.objects.select_related("squad", "template").prefetch_related("template__boxes")
        return parts.draw(rows.get(topic=topic), audience, names)

    def touches(self, kind: str) -> Collection[str] | None:
        return parts.TOUCHES.get(kind)

    def audiences(self, topic: Topic, keys: Collection[str]) -> Mapping[str, str]:
        workshop = topic.workshop
        roles = Membership.objects.filter(squad=workshop.squad_id).values_list("user", "role")
        leads = Participant.objects.filter(workshop=workshop, role=Participant.Role.FACILITATOR)
        leading = set(leads.values_list("user", flat=True))
        return {f"user:{user}": _audience(role, is_lead=user in leading) for user, role in roles}

    def seen(self, topic: Topic, keys: Collection[str]) -> None:
        pass


def _audience(role: str, *, is_lead: bool) -> Audience:
    if role not in WRITERS:
        return Audience.LOOK
    return Audience.LEAD if is_lead else Audience.WRITE
