"""The board on paper and as a file, and a new workshop from such a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from workshops import board_files, copies, rooms
from workshops.actions import importing
from workshops.forms.importing import ImportForm


@login_required
@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    room = rooms.fetch(request, pk)
    shown = copies.of(room.workshop)
    context = {
        "workshop": room.workshop,
        "board": shown,
        "places": [(bucket, shown.lying(place)) for place, bucket in enumerate(shown.buckets)],
        "loose": shown.lying(None),
        "kinds": board_files.KINDS,
        "now": timezone.now(),
    }
    return render(request, "workshops/board.html", context)


@login_required
@require_safe
def export(request: Request, pk: int, kind: str) -> HttpResponse:
    room = rooms.fetch(request, pk)
    if kind not in board_files.KINDS:
        raise Http404
    file = board_files.KINDS[kind]
    answer = HttpResponse(file.write(copies.of(room.workshop)), content_type=f"{file.content_type}; charset=utf-8")
    name = f"{slugify(room.workshop.title) or 'workshop'}-board.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
def restore(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    form = ImportForm(posted(request), request.FILES or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "workshops/import.html", {"form": form}, status=status)
    copy, title = form.cleaned_data["file"], form.cleaned_data["title"]
    return redirect(
        operations.once(
            form.cleaned_data["operation"],
            request.user,
            lambda: importing.restore(squad, board=copy, title=title, by=request.user).get_absolute_url(),
        )
    )
