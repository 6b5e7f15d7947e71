"""Leaving a squad, being taken out of it, handing over its administration."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mdd import access
from mdd.actions import operations
from mdd.actions import people as actions
from mdd.actions.refusals import Refused
from mdd.http import Request, posted
from mdd.models import Membership, Role, Squad
from metrics.actions import leaving
from workshops.forms.people import HandOverForm, LeaveForm


@login_required
def leave(request: Request, slug: str, pk: int) -> HttpResponse:
    # Who has left already cannot see the squad any more, and a second click must not meet a 404.
    if there := operations.led_to(request.POST.get("operation"), request.user):
        return redirect(there)
    squad = access.squad_of(request, slug)
    member = who_goes(request, squad, pk)
    form = LeaveForm(posted(request), member=member, owns=bool(leaving.owned_by(member)))
    if form.is_valid():
        try:
            return redirect(go(request, member, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return show(request, member, form)


def who_goes(request: Request, squad: Squad, pk: int) -> Membership:
    """Oneself, or anybody if one is an admin."""
    rows = Membership.objects.visible_to(request.actor).select_related("user", "squad")
    member = get_object_or_404(rows, squad=squad, pk=pk)
    if member.user_id != request.user.pk:
        access.require_admin(request, squad)
    return member


def go(request: Request, member: Membership, form: LeaveForm) -> str:
    """Raises Refused."""
    is_me = member.user_id == request.user.pk
    there = reverse("workshops:squads") if is_me else reverse("workshops:people", args=[member.squad.slug])

    def write() -> str:
        leaving.leave(member, by=request.user, to=form.cleaned_data.get("to"))
        said = _("You have left %(squad)s.") if is_me else _("%(name)s is out of %(squad)s.")
        messages.success(request, said % {"squad": member.squad.name, "name": member.user.name})
        return there

    return operations.once(form.cleaned_data["operation"], request.user, write)


def show(request: Request, member: Membership, form: LeaveForm) -> HttpResponse:
    admins = Membership.objects.filter(squad=member.squad_id, role=Role.ADMIN).exclude(pk=member.pk)
    context = {
        "member": member,
        "is_me": member.user_id == request.user.pk,
        "owned": leaving.owned_by(member),
        "is_last_admin": member.role == Role.ADMIN and not admins.exists(),
        "form": form,
        "hand_over": HandOverForm(member=member),
    }
    return render(request, "people/leave.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def hand_over(request: Request, slug: str) -> HttpResponse:
    """Another admin in one's place; leads back to where one may leave."""
    squad = access.squad_of(request, slug)
    access.require_admin(request, squad)
    me = Membership.objects.select_related("user", "squad").get(squad=squad, user=request.user)
    form = HandOverForm(request.POST, member=me)
    if not form.is_valid():
        owns = bool(leaving.owned_by(me))
        return show(request, me, LeaveForm(request.POST, member=me, owns=owns))
    actions.hand_over_admin(squad, to=form.cleaned_data["to"], by=request.user)
    messages.success(request, _("%(name)s is admin now.") % {"name": form.cleaned_data["to"].user.name})
    return redirect("workshops:leave", slug, me.pk)
