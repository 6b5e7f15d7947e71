"""Leaving a squad: what somebody owns is handed on in the same step."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mdd.actions import audit, people
from mdd.actions.refusals import Refused
from mdd.models import Membership, User
from mdd.models.people import WRITERS
from metrics.models import Action, Dashboard, Metric


@dataclass(frozen=True)
class Owned:
    """How much somebody would leave behind without an owner."""

    metrics: int
    actions: int
    dashboards: int

    def __bool__(self) -> bool:
        return bool(self.metrics or self.actions or self.dashboards)


def owned_by(member: Membership) -> Owned:
    return Owned(
        Metric.objects.filter(squad=member.squad_id, owner=member.user_id).exclude(state="retired").count(),
        Action.objects.to_do().filter(squad=member.squad_id, owner=member.user_id).count(),
        Dashboard.objects.filter(squad=member.squad_id, owner=member.user_id).count(),
    )


def leave(member: Membership, *, by: User, to: Membership | None = None) -> None:
    """Take somebody out of the squad and hand what they own to `to`, or neither.

    Raises Refused for the last admin, and where there is something to hand on but nobody who may write.
    """
    with people.keeping_an_admin(member.squad):
        hand_on(member, to=to, by=by)
        people.part(member, by=by)


@transaction.atomic
def hand_on(member: Membership, *, to: Membership | None, by: User) -> None:
    """Give everything that is still in use to another writer of the squad. Raises Refused."""
    owned = owned_by(member)
    if not owned:
        return
    writers = Membership.objects.filter(squad=member.squad_id, role__in=WRITERS).exclude(pk=member.pk)
    heir = writers.filter(pk=to.pk).first() if to else None
    if heir is None:
        raise Refused(_("Choose somebody of the squad who takes over what is owned."))

    mine = {"squad": member.squad_id, "owner": member.user_id}
    Metric.objects.filter(**mine).exclude(state="retired").update(owner=heir.user_id)
    Action.objects.to_do().filter(**mine).update(owner=heir.user_id)
    Dashboard.objects.filter(**mine).update(owner=heir.user_id)
    audit.record("handed-on", member, by=by, squad=member.squad, after={"to": heir.user_id} | vars(owned))
