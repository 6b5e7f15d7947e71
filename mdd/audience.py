"""Who can see a page: everybody in its squad, so that a squad may speak freely where it knows who listens."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mdd import access
from mdd.http import Request
from mdd.models import Membership, Role, Squad

ACROSS = (Role.COACH, Role.LEAD)  # those who look at many squads
LOOKING_IN = (*ACROSS, Role.VIEWER)
CALLED = {
    Role.COACH: gettext_lazy("coach %(name)s"),
    Role.LEAD: gettext_lazy("lead %(name)s"),
    Role.VIEWER: gettext_lazy("viewer %(name)s"),
}
NAMED = 3


def of(request: Request, squad: Squad) -> str:
    """The sentence at the head of a squad's page. No query where the page has asked who is in the squad."""
    return sentence(access.people_of(request, squad))


def sentence(people: Sequence[Membership]) -> str:
    if len(people) < 2:
        return _("Seen by you alone: nobody else is in this squad.")
    looking = [person for person in people if person.role in LOOKING_IN]
    count = {"n": len(people)}
    if not looking:
        return _("Seen by the %(n)d people of this squad and by nobody else.") % count
    return _("Seen by the %(n)d people of this squad, %(who)s among them.") % (count | {"who": listed(looking)})


def listed(people: Sequence[Membership]) -> str:
    """“coach Cory, lead Lea and 2 more”."""
    names = [CALLED[Role(person.role)] % {"name": person.user.get_short_name()} for person in people[:NAMED]]
    rest = len(people) - NAMED
    if rest > 0:
        names.append(ngettext("%(n)d more who looks in", "%(n)d more who look in", rest) % {"n": rest})
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]} if names[1:] else names[0]


def looks_across(request: HttpRequest) -> bool:
    """Whether somebody coaches or leads a squad, for the way to the loops side by side."""
    return Membership.objects.filter(user=request.user.pk, role__in=ACROSS).exists()
