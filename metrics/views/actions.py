"""One thing that somebody promised to do: what it is for, and whether it is done."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mdd import access
from mdd.http import Request, posted
from metrics.actions import doing
from metrics.forms.actions import SettleForm
from metrics.models import Action
from metrics.views import page


@login_required
def action(request: Request, pk: int) -> HttpResponse:
    """Anybody in the squad may look; who may write says that it is done, or that it is not after all."""
    rows = Action.objects.select_related("squad", "owner", "metric", "reassessment")
    shown = access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)
    if request.method == "POST":
        access.require_writer(request, shown.squad)
    form = SettleForm(posted(request), initial={"effect_seen": shown.effect_seen, "is_done": True})
    if not form.is_valid():
        context = {"action": shown, "form": form, "may_write": access.may_write(request, shown.squad)}
        return render(request, "reassess/action.html", context, status=422 if form.is_bound else 200)

    doing.settle(shown, by=request.user, **page.without_operation(form))
    return redirect(shown.metric or shown.reassessment or shown.squad)
