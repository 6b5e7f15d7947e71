"""A squad's workshops: the list, a new one, and one of them at its stage."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from workshops import presence, rooms, stages
from workshops.actions import workshops as actions
from workshops.forms.workshops import StartForm
from workshops.guests import actor_required
from workshops.models import Template, Workshop
from workshops.pages import wall
from workshops.ways import ways


@login_required
@require_safe
def workshops(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    held = Workshop.objects.visible_to(request.actor).whole().filter(squad=squad).select_related("template")
    context = {"workshops": held.order_by("-started_at"), "may_write": access.may_write(request, squad)}
    return render(request, "workshops/workshops.html", context)


@login_required
def start(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    form = StartForm(posted(request), initial={"path": request.GET.get("path", Template.Path.WHOLE)})
    if not form.is_valid():
        context = {"form": form, "ways": list(zip(ways(squad), form["path"], strict=True))}
        return render(request, "workshops/start.html", context, status=422 if form.is_bound else 200)

    wanted = {name: form.cleaned_data[name] for name in ("title", "path", "is_anonymous", "meets_at")}
    return redirect(
        operations.once(
            form.key,
            request.user,
            lambda: actions.start(squad, by=request.user, **wanted).get_absolute_url(),
            words=form.words,
        )
    )


@actor_required
@require_safe
def workshop(request: Request, pk: int) -> HttpResponse:
    room = rooms.fetch(request, pk)
    presence.note(room.me)
    return stages.show(request, room)


@actor_required
@require_safe
def projector(request: Request, pk: int) -> HttpResponse:
    return wall.show(request, rooms.fetch(request, pk))
