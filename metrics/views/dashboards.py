"""A squad's dashboards."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from metrics import tiles
from metrics.actions import dashboards as actions
from metrics.forms.dashboards import BUCKETS, DashboardForm
from metrics.models import Dashboard, Goal, Metric
from metrics.words import lede

POLL_SECONDS = 10


@login_required
@require_safe
def dashboards(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    shown = (
        Dashboard.objects.visible_to(request.actor)
        .filter(squad=squad)
        .annotate(size=Count("tiles", distinct=True), waits=Count("waiting", distinct=True))
    )
    context = {"dashboards": shown.order_by("bucket", "pk"), "may_write": access.may_write(request, squad)}
    return render(request, "dashboards/dashboards.html", context)


@login_required
def new(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    form = DashboardForm(posted(request))
    if not form.is_valid():
        context = {"form": form, "buckets": BUCKETS}
        return render(request, "dashboards/new.html", context, status=422 if form.is_bound else 200)

    wanted = {name: form.cleaned_data[name] for name in ("question", "bucket")}
    return redirect(
        operations.once(
            form.cleaned_data["operation"],
            request.user,
            lambda: actions.create(squad, by=request.user, **wanted).get_absolute_url(),
        )
    )


def fetch(request: Request, pk: int) -> Dashboard:
    """The dashboard, if the actor may see it; the page then stands in its squad."""
    rows = Dashboard.objects.select_related("squad").with_waits()
    return access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)


@login_required
@require_safe
def dashboard(request: Request, pk: int) -> HttpResponse:
    shown = fetch(request, pk)
    now = timezone.now()
    facts = tiles.facts_of(shown, now)
    context = {
        "dashboard": shown,
        "tiles": facts,
        "lede": lede(facts),
        "cursor": tiles.cursor_of(facts),
        "every": POLL_SECONDS,
        "waiting": waiting_for(shown),
        "may_write": access.may_write(request, shown.squad),
    }
    return render(request, "dashboards/dashboard.html", context)


def waiting_for(shown: Dashboard) -> list[Metric]:
    """The metrics that come once they have a goal, each with its draft if it has one; asked only where some wait."""
    if not getattr(shown, "waits", False):
        return []
    drafts = Prefetch("goals", Goal.objects.drafts(), to_attr="drafts")
    rows = Metric.objects.filter(waiting__dashboard=shown).select_related("owner").prefetch_related(drafts)
    return list(rows.order_by("waiting__since", "pk"))
