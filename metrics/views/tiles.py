"""What stands on a dashboard: putting metrics on and off."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from metrics.actions import dashboards as actions
from metrics.actions.dashboards import GateClosed
from metrics.forms.dashboards import TileForm
from metrics.models import Dashboard, Metric
from metrics.views import dashboards

DIGITS = 3  # of a place on a dashboard


@dataclass(frozen=True)
class Choice:
    """A metric that may be added, with the key of the form that would do it."""

    metric: Metric
    operation: UUID


def fetch_for_writing(request: Request, pk: int) -> Dashboard:
    shown = dashboards.fetch(request, pk)
    access.require_writer(request, shown.squad)
    return shown


@login_required
def add(request: Request, pk: int) -> HttpResponse:
    shown = fetch_for_writing(request, pk)
    form = TileForm(posted(request), squad=shown.squad)
    if not form.is_valid():
        return arrange(request, shown, status=422 if form.is_bound else 200)

    metric = form.cleaned_data["metric"]

    def write() -> str:
        actions.add_tile(shown, metric, by=request.user)
        return request.path

    try:
        return redirect(operations.once(form.cleaned_data["operation"], request.user, write))
    except GateClosed as gate:
        return arrange(request, shown, refused=str(gate), status=422)


def arrange(request: Request, shown: Dashboard, *, refused: str = "", status: int = 200) -> HttpResponse:
    """What is on the dashboard, and which of the squad's metrics may come on."""
    placed = list(shown.tiles.select_related("metric"))
    on_it = {tile.metric_id for tile in placed}
    others = Metric.objects.visible_to(request.actor).filter(squad=shown.squad).exclude(state="retired").with_watch()
    choices = [Choice(row, uuid4()) for row in others.order_by("question") if row.pk not in on_it]
    context = {"dashboard": shown, "placed": placed, "choices": choices, "refused": refused}
    return render(request, "dashboards/add.html", context, status=status)


@login_required
@require_POST
def remove(request: Request, pk: int, tile: int) -> HttpResponse:
    """Take it off; another tab may have done so before."""
    if placed := fetch_for_writing(request, pk).tiles.filter(pk=tile).first():
        actions.remove_tile(placed, by=request.user)
    return redirect("metrics:add-tile", pk)


@login_required
@require_POST
def move(request: Request, pk: int, tile: int) -> HttpResponse:
    placed = fetch_for_writing(request, pk).tiles.filter(pk=tile).first()
    wanted = request.POST.get("to", "")
    if placed and wanted.isdecimal() and len(wanted) <= DIGITS:
        actions.move_tile(placed, to=int(wanted), by=request.user)
    return redirect(f"{reverse('metrics:add-tile', args=[pk])}#tile-{tile}")
