"""The result of a workshop by a link: made and withdrawn by members, read by whoever has it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.actions.invitations import digest_of
from mdd.http import Request
from mdd.links import unlisted
from workshops import results, rooms
from workshops.actions import results as actions
from workshops.forms.results import ShareForm
from workshops.models import ResultLink, Workshop
from workshops.views import decisions


@login_required
@require_POST
@never_cache
def share(request: Request, pk: int) -> HttpResponse:
    """The page itself is the answer: an address to be redirected to would have to hold the secret."""
    room = rooms.fetch(request, pk)
    access.require_writer(request, room.workshop.squad)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return decisions.show(request, room, asked=form, status=422)
    secret = share_once(request, room.workshop, form)
    if not secret:
        messages.info(request, _("This link is made already. It was shown once."))
        return redirect("workshops:decision", pk)
    return decisions.show(request, room, url=request.build_absolute_uri(reverse("workshops:result", args=[secret])))


def share_once(request: Request, workshop: Workshop, form: ShareForm) -> str:
    """The secret of a new link, or "" where this form has been sent before."""
    made: list[str] = []

    def write() -> str:
        made.append(actions.share(workshop, lasts=form.lasts, by=request.user))
        return reverse("workshops:decision", args=[workshop.pk])

    operations.once(form.cleaned_data["operation"], request.user, write)
    return made[0] if made else ""


@login_required
@require_POST
def withdraw(request: Request, pk: int, link: int) -> HttpResponse:
    room = rooms.fetch(request, pk)
    access.require_writer(request, room.workshop.squad)
    rows = ResultLink.objects.select_related("workshop__squad")
    actions.withdraw(get_object_or_404(rows, workshop=room.workshop, pk=link), by=request.user)
    return redirect("workshops:decision", pk)


@unlisted
@require_safe
def result(request: Request, secret: str) -> HttpResponse:
    """For whoever has the link, signed in or not: nothing on it leads further."""
    rows = ResultLink.objects.open_at(timezone.now()).select_related("workshop__squad")
    link = rows.filter(digest=digest_of(secret)).first()
    if link is None:
        return render(request, "workshops/results/over.html", status=404)
    request.squad = None
    timezone.activate(link.workshop.squad.tz)
    context = {"link": link, "workshop": link.workshop, "result": results.of(link.workshop)}
    return render(request, "workshops/results/result.html", context)
