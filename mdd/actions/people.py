"""Who is in a squad, and as what. The database holds that a squad has an admin; here it gets its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mdd import live
from mdd.actions import audit
from mdd.actions.refusals import Refused
from mdd.constraints import constraint_of
from mdd.models import Membership, Role, Squad, User


@contextmanager
def keeping_an_admin(squad: Squad) -> Iterator[None]:
    """Raises Refused where the squad would be left without an admin, and takes back what was done."""
    try:
        with transaction.atomic():
            Squad.objects.select_for_update(no_key=True).get(pk=squad.pk)
            yield
    except IntegrityError as error:
        if constraint_of(error) != "squad_has_an_admin":
            raise
        raise Refused(_("A squad needs an admin. Make somebody else admin first.")) from error


def choose_language(user: User, language: str) -> None:
    """The person's own choice, for pages and mails."""
    User.objects.filter(pk=user.pk).update(language=language)


def change_role(member: Membership, *, role: str, by: User) -> None:
    """Make somebody something else in the squad. Raises Refused for the last admin."""
    with keeping_an_admin(member.squad):
        before = Membership.objects.values_list("role", flat=True).get(pk=member.pk)
        if before == role:
            return
        Membership.objects.filter(pk=member.pk).update(role=role)
        audit.record("role-changed", member, by=by, squad=member.squad, before={"role": before}, after={"role": role})
        live.rights_changed()


@transaction.atomic
def hand_over_admin(squad: Squad, *, to: Membership, by: User) -> None:
    """Make somebody else admin, and oneself a member."""
    change_role(to, role=Role.ADMIN, by=by)
    change_role(Membership.objects.get(squad=squad, user=by), role=Role.MEMBER, by=by)


def part(member: Membership, *, by: User) -> None:
    """Take somebody out of the squad; what they wrote stays. Raises Refused for the last admin."""
    what = "member-left" if member.user_id == by.pk else "member-removed"
    with keeping_an_admin(member.squad):
        audit.record(what, member, by=by, squad=member.squad, before={"role": member.role})
        Membership.objects.filter(pk=member.pk).delete()
        live.rights_changed()


def ask_by_mail(member: Membership, *, wanted: bool) -> None:
    """Whether a mail a week asks the person for the numbers they own in this squad."""
    Membership.objects.filter(pk=member.pk).update(is_asked_by_mail=wanted)


def remind_by_mail(member: Membership, *, wanted: bool) -> None:
    """Whether a mail reminds the person of a workshop of this squad for which they have thrown nothing yet."""
    Membership.objects.filter(pk=member.pk).update(is_reminded_by_mail=wanted)
