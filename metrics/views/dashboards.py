"""A squad's dashboards."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from metrics import feed, parts
from metrics.actions import dashboards as actions
from metrics.forms.dashboards import BUCKETS, DashboardForm
from metrics.models import Dashboard
from metrics.parts import Audience, Board, View


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
            form.key,
            request.user,
            lambda: actions.create(squad, by=request.user, **wanted).get_absolute_url(),
            words=form.words,
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
    view = View(Board(shown, timezone.now()), feed.audience_of(request, shown))
    context = {
        "dashboard": shown,
        "topic": feed.topic_of(shown),
        "parts": parts.on_page(view),
        "now": view.board.now,
        "may_write": view.audience == Audience.WRITE,
    }
    return render(request, "dashboards/dashboard.html", context)
