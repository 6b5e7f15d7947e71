"""What a squad is called, and whose days it lives in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mdd import access
from mdd.actions import operations
from mdd.actions import squads as actions
from mdd.http import Request, posted
from mdd.models import Squad
from metrics.actions import zones
from metrics.views.page import without_operation
from workshops.forms.squads import SquadForm


@login_required
def settings(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_admin(request, squad)
    now = {"name": squad.name, "zone": squad.zone, "week_start": squad.week_start}
    form = SquadForm(posted(request), initial=now)
    if not form.is_valid():
        return render(request, "people/settings.html", {"form": form}, status=422 if form.is_bound else 200)

    wanted = without_operation(form)
    there = operations.once(form.key, request.user, lambda: change(request, squad, **wanted), words=form.words)
    messages.success(request, _("Kept."))
    return redirect(there)


@transaction.atomic
def change(request: Request, squad: Squad, *, name: str, zone: str, week_start: int) -> str:
    actions.rename(squad, name=name, by=request.user)
    zones.move(squad, zone=zone, week_start=week_start, by=request.user)
    return squad.get_absolute_url()
