"""What was asked of sources, and what came back."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mdd import access
from mdd.http import Request
from metrics import runlog
from metrics.actions import queries as actions
from metrics.actions import refreshes
from metrics.forms.queries import QueryForm
from metrics.models import Backfill, Query, Refresh
from metrics.slots import Cadence
from metrics.sources.errors import SourceError
from metrics.views import page, trying

PAGE = 50
LATELY = timedelta(days=7)


@login_required
@require_safe
def runs(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    queries = Query.objects.visible_to(request.actor).filter(squad=squad).select_related("source")
    asked = Refresh.objects.visible_to(request.actor).filter(query__squad=squad)
    only_failed = request.GET.get("failed") == "1"
    context = {
        "queries": queries.prefetch_related("metrics").order_by("pk"),
        "only_failed": only_failed,
        "may_write": access.may_write(request, squad),
    }
    return render(request, "metrics/runs.html", context | log_of(request, asked.failed() if only_failed else asked))


def log_of(request: Request, asked: QuerySet[Refresh]) -> dict[str, object]:
    """One page of the run log, newest first."""
    rows = asked.exclude(attempts=0).select_related("query__source", "query__squad").order_by("-started_at", "-pk")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {"log": [runlog.entry(row, for_operator=request.user.is_staff) for row in shown], "page": shown}


@login_required
def query(request: Request, pk: int) -> HttpResponse:
    rows = Query.objects.select_related("squad", "source").prefetch_related("metrics")
    asked = access.fetch(request, rows, squad=lambda row: row.squad, pk=pk)
    if request.method != "POST":
        return show(request, asked, QueryForm.of(asked))

    access.require_writer(request, asked.squad)
    form = QueryForm(request.POST)
    if not form.is_valid():
        return show(request, asked, form, status=422)
    if "try" in request.POST:
        return show(request, asked, form, tried=trying.answer(asked.squad, tried_on(asked, form)))
    return keep(request, asked, form)


def tried_on(asked: Query, form: QueryForm) -> dict[str, object]:
    """The new text, on the first metric that the query feeds."""
    metric = asked.metrics.all()[:1]
    column, instrument = (metric[0].column, metric[0].instrument) if metric else ("value", "gauge")
    told = {"source": asked.source, "cadence": asked.cadence, "column": column, "instrument": instrument}
    return form.cleaned_data | told


def keep(request: Request, asked: Query, form: QueryForm) -> HttpResponse:
    try:
        actions.edit(
            asked,
            text=form.cleaned_data["text"],
            cadence=Cadence(asked.cadence),
            grace=asked.grace,
            by=request.user,
        )
    except SourceError as error:
        form.add_error("text", error.sentence)
        return show(request, asked, form, status=422)
    return redirect("metrics:query", asked.pk)


def show(
    request: Request, asked: Query, form: QueryForm, *, tried: trying.Tried | None = None, status: int = 200
) -> HttpResponse:
    may_write = access.may_write(request, asked.squad)
    context = {"query": asked, "form": form if may_write else None, "tried": tried}
    return render(request, "metrics/query.html", context | log_of(request, asked.refreshes.all()), status=status)


@login_required
@require_POST
def ask_again(request: Request, pk: int) -> HttpResponse:
    """Ask for the last week once more, now."""
    metric = page.fetch_for_writing(request, pk)
    if metric.query is None:
        raise Http404
    now = timezone.now()
    refreshes.back_fill(metric.query, now - LATELY, now, by=request.user, is_interactive=True)
    return redirect(metric)


@login_required
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the back-fill is; once it has ended the page that asks is told to load anew."""
    metric = page.fetch(request, pk)
    under_way = page.asking(metric)
    if under_way["backfill"] is None:
        return HttpResponseClientRefresh()
    context = under_way | {"metric": metric, "may_write": access.may_write(request, metric.squad)}
    return render(request, "metrics/progress.html", context)


@login_required
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    backfill = get_object_or_404(Backfill.objects.visible_to(request.actor).select_related("query__squad"), pk=pk)
    access.require_writer(request, backfill.query.squad)
    refreshes.cancel(backfill, by=request.user)
    metric = backfill.metric or backfill.query.metrics.order_by("pk").first()
    return redirect(metric or backfill.query.squad)
