"""What the squad's workshops ask, and how long they take."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.forms import OperationForm
from mdd.http import Request
from mdd.models import Role, Squad
from mdd.models.people import WRITERS
from workshops.actions import templates as actions
from workshops.actions.refusals import Refused
from workshops.forms.prompts import Boxes, PromptsForm
from workshops.shipped import PATHS
from workshops.ways import ways

EDITORS = (*WRITERS, Role.COACH)


@login_required
@require_safe
def prompts(request: Request, slug: str) -> HttpResponse:
    return show(request, access.squad_of(request, slug))


@login_required
@require_POST
def change(request: Request, slug: str, path: str) -> HttpResponse:
    squad = edited(request, slug, path)
    form = PromptsForm(request.POST, path=path)
    if not form.is_valid():
        return show(request, squad, asked={path: form}, status=422)

    said = form.cleaned_data
    try:
        return keep(request, squad, path, form.boxes, seen=said["seen"], operation=said["operation"])
    except Refused as refused:
        fresh = next(way for way in ways(squad) if way.path == path)
        form.renew(fresh.changed_at, str(refused))
        return show(request, squad, asked={path: form}, status=422)


@login_required
@require_POST
def back_to_shipped(request: Request, slug: str, path: str) -> HttpResponse:
    squad = edited(request, slug, path)
    form = OperationForm(request.POST)
    if not form.is_valid():
        return show(request, squad, status=422)
    return keep(request, squad, path, actions.as_shipped(path), operation=form.cleaned_data["operation"])


def edited(request: Request, slug: str, path: str) -> Squad:
    """The squad, for those who may edit what its workshops ask: who writes, and the coach."""
    squad = access.squad_of(request, slug)
    if path not in PATHS:
        raise Http404
    if not may_edit(request, squad):
        raise PermissionDenied(_("You can look at these prompts, but only members and the coach can change them."))
    return squad


def may_edit(request: Request, squad: Squad) -> bool:
    return access.role_in(request, squad) in EDITORS


def keep(
    request: Request, squad: Squad, path: str, boxes: Boxes, *, operation: UUID, seen: str | None = None
) -> HttpResponse:
    there = reverse("workshops:prompts", args=[squad.slug])

    def write() -> str:
        actions.change(squad, path, boxes=boxes, seen=seen, by=request.user)
        return f"{there}#{path}"

    return redirect(operations.once(operation, request.user, write))


def show(
    request: Request, squad: Squad, *, asked: Mapping[str, PromptsForm] | None = None, status: int = 200
) -> HttpResponse:
    given = asked or {}
    rows = [(way, given.get(way.path) or PromptsForm.of(way)) for way in ways(squad)]
    return render(
        request, "workshops/prompts.html", {"ways": rows, "may_edit": may_edit(request, squad)}, status=status
    )
