"""Ways into a squad."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mdd.actors import Actor, in_squads_of

from .links import SecretLink
from .people import Role, Squad


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(in_squads_of(actor, "squad"))

    def open_at(self, now: datetime) -> Self:
        """Those that still let somebody in: not withdrawn, not expired, not used up."""
        usable = Q(email="") | Q(joined=None)
        return self.filter(usable, withdrawn_at=None, expires_at__gt=now)


class Invitation(SecretLink):
    """A link that gives a role in a squad: to one address once, or to whoever has the link until it expires."""

    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="invitation_lasts_a_while"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="invitation_keeps_a_hash_only"),
        ]


class Joining(models.Model):
    """The moment somebody came in by an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="joined")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "user"], name="joining_once_per_invitation")]
