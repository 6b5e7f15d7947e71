"""The canvas as a file, and what a workshop has changed on it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mdd import access
from mdd.http import Request
from workshops import difference, exports, rooms
from workshops.views.statements import sheet_of


@login_required
@require_safe
def export(request: Request, slug: str, kind: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    if kind not in exports.KINDS:
        raise Http404
    shown, file = sheet_of(request, squad), exports.KINDS[kind]
    answer = HttpResponse(file.write(shown), content_type=f"{file.content_type}; charset=utf-8")
    name = f"{squad.slug}-four-questions-{exports.day(shown)}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_safe
def then_and_now(request: Request, pk: int) -> HttpResponse:
    room = rooms.fetch(request, pk)
    context = {"workshop": room.workshop, "differences": difference.of(room), "turns": difference.turned(room)}
    return render(request, "workshops/then_and_now.html", context)
