"""Coming into a squad by a link."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mdd import links
from mdd.actions import invitations
from mdd.actions.refusals import Refused
from mdd.http import Request
from mdd.models import Invitation, Membership
from workshops.words import what_a_role_may


@links.unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button joins: a scanner that opens every link in a mail joins nobody."""
    invitation = Invitation.objects.select_related("squad", "by").filter(digest=invitations.digest_of(token)).first()
    if invitation is None:
        return render(request, "people/over.html", status=404)
    if not request.user.is_authenticated:
        return come_back(request, invitation)
    member = cast("Request", request)
    return enter(member, invitation) if request.method == "POST" else ask(member, invitation)


def come_back(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody unknown signs in or up first, and is led back here."""
    if request.method == "POST":
        return redirect_to_login(request.path)
    if not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).exists():
        return render(request, "people/over.html", status=410)
    context = facts(invitation) | {"next": request.path, "may_sign_up": settings.SIGNUP_IS_OPEN}
    return render(request, "people/join_unknown.html", context)


def enter(request: Request, invitation: Invitation) -> HttpResponse:
    try:
        member = invitations.join(invitation, user=request.user)
    except Refused as refused:
        return render(request, "people/over.html", {"why": str(refused)}, status=410)
    messages.success(request, _("You are in: %(role)s.") % {"role": member.get_role_display()})
    return redirect(invitation.squad)


def ask(request: Request, invitation: Invitation) -> HttpResponse:
    if Membership.objects.filter(squad=invitation.squad, user=request.user).exists():
        return render(request, "people/join.html", facts(invitation) | {"is_member": True})
    if why := invitations.why_not(invitation, request.user):
        return render(request, "people/over.html", {"why": why}, status=410)
    return render(request, "people/join.html", facts(invitation))


def facts(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "may": what_a_role_may(invitation.role)}
