"""Fetching what one may see, and refusing what one may not do.

What an actor may not see does not exist for them: 404. What they see but may not change is refused: 403.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.actors import Actor
from mdd.http import Request
from mdd.models import Membership, Role, Squad
from mdd.models.people import WRITERS

SAFE = frozenset(("GET", "HEAD"))

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
M_co = TypeVar("M_co", bound=Model, covariant=True)
View = Callable[Concatenate[Request, P], HttpResponse]


class Guarded(Protocol[M_co]):
    """A query set that knows what an actor may see."""

    def visible_to(self, actor: Actor) -> QuerySet[M_co]: ...


def squad_of(request: Request, slug: str) -> Squad:
    """The squad at this address, if the actor is in it. The page then stands in that squad."""
    return stand_in(request, get_object_or_404(Squad.objects.visible_to(request.actor), slug=slug))


def stand_in(request: Request, squad: Squad) -> Squad:
    """Let the page stand in this squad: its name above it, its days and hours on it."""
    request.squad = squad
    timezone.activate(squad.tz)
    return squad


def fetch(request: Request, rows: Guarded[M], *, squad: Callable[[M], Squad], **lookup: Any) -> M:
    """One visible row, or 404. The page then stands in the squad that `squad` finds on the row."""
    row = get_object_or_404(rows.visible_to(request.actor), **lookup)
    stand_in(request, squad(row))
    return row


def people_of(request: Request, squad: Squad) -> Sequence[Membership]:
    """Everybody in the squad, by name; asked once a request."""
    if squad.pk not in request.people:
        rows = Membership.objects.visible_to(request.actor).filter(squad=squad).select_related("user")
        request.people[squad.pk] = list(rows.order_by("user__name", "pk"))
    return request.people[squad.pk]


def role_in(request: Request, squad: Squad) -> Role | None:
    """What the actor is in the squad; asked once a request. A page tells who sees it, so there all are read at once."""
    if squad.pk not in request.roles:
        told = people_of(request, squad) if request.method in SAFE else only(request, squad)
        request.roles[squad.pk] = next((Role(row.role) for row in told if row.user_id == request.user.pk), None)
    return request.roles[squad.pk]


def learn_role(request: Request, squad: Squad, role: str) -> None:
    """Take what the actor is in the squad from a row that was read with it."""
    request.roles[squad.pk] = Role(role)


def only(request: Request, squad: Squad) -> Iterable[Membership]:
    """The actor's own membership, for a write, which tells nobody who else there is."""
    return Membership.objects.filter(squad=squad, user=request.user.pk)


def may_write(request: Request, squad: Squad) -> bool:
    return role_in(request, squad) in WRITERS


def require_writer(request: Request, squad: Squad) -> None:
    """Refuse viewers and coaches, who look but do not change."""
    if not may_write(request, squad):
        raise PermissionDenied(_("You can look at this squad, but only its members can change it."))


def is_admin(request: Request, squad: Squad) -> bool:
    return role_in(request, squad) == Role.ADMIN


def require_admin(request: Request, squad: Squad) -> None:
    """Refuse those who do not manage the squad's people and settings."""
    if not is_admin(request, squad):
        raise PermissionDenied(_("Only an admin of the squad can do that."))


def operator_required(view: View[P]) -> Callable[..., HttpResponse]:
    """Pages of the organisation's operators; for everybody else they do not exist."""

    @login_required
    @wraps(view)
    def checked(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return checked
