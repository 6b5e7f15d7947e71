"""Letting people into a squad, by a link that holds a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.actions.refusals import Refused
from mdd.models import Invitation, Joining, Membership, Squad, User

LASTS = timedelta(days=7)
DAY = timedelta(days=1)
MAILS_A_DAY = 50


@dataclass(frozen=True)
class Invited:
    """An invitation with its secret, which is nowhere else: it is shown or mailed now, or never."""

    invitation: Invitation
    secret: str


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(squad: Squad, *, role: str, by: User, email: str = "") -> Invited:
    """Open a way in for a week: for one address once, or for whoever has the link.

    Who is invited again gets a new link, and the one before is withdrawn. Raises Refused beyond 50 addresses a day.
    """
    now = timezone.now()
    Squad.objects.select_for_update(no_key=True).get(pk=squad.pk)
    if email:
        spare_strangers(squad)
        Invitation.objects.open_at(now).filter(squad=squad, email=email).update(withdrawn_at=now)
    secret = token_urlsafe(32)
    invitation = Invitation.objects.create(
        squad=squad, email=email, role=role, digest=digest_of(secret), expires_at=now + LASTS, by=by
    )
    audit.record("invited", invitation, by=by, squad=squad, after={"role": role, "email": email})
    return Invited(invitation, secret)


def spare_strangers(squad: Squad) -> None:
    """Nobody may use a squad to send mail to the world. Raises Refused."""
    sent = Invitation.objects.filter(squad=squad, at__gt=timezone.now() - DAY).exclude(email="").count()
    if sent >= MAILS_A_DAY:
        sentence = _("This squad has invited %(n)d addresses within a day. Go on tomorrow, or pass on a link.")
        raise Refused(sentence % {"n": MAILS_A_DAY})


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Let nobody in by this invitation any more."""
    if Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        audit.record("invitation-withdrawn", invitation, by=by, squad=invitation.squad)


@transaction.atomic
def join(invitation: Invitation, *, user: User) -> Membership:
    """Let somebody in with the role of the invitation. Who is in already stays as they are. Raises Refused."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("squad").get(pk=invitation.pk)
    if member := Membership.objects.filter(squad=invitation.squad, user=user).first():
        return member
    if refusal := why_not(invitation, user):
        raise Refused(refusal)

    Joining.objects.create(invitation=invitation, user=user)
    member = Membership.objects.create(squad=invitation.squad, user=user, role=invitation.role)
    audit.record("member-joined", member, by=user, squad=invitation.squad, after={"role": invitation.role})
    return member


def why_not(invitation: Invitation, user: User) -> str:
    """The sentence for somebody whom this invitation does not let in; "" for whom it does."""
    if not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).exists():
        return _("This invitation is over.")
    if invitation.email and invitation.email not in addresses_of(user):
        return _("This invitation is for another address than those of your account.")
    if invitation.joined.filter(user=user).exists():
        return _("This link has let you in once before. Ask an admin of the squad for a new one.")
    return ""


def addresses_of(user: User) -> set[str]:
    """The address that somebody signs in with, and the others that they have confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {user.email, *(address.lower() for address in confirmed)}
