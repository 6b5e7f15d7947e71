"""A squad's metrics: the list, one of them, a new one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request
from metrics import tiles
from metrics.actions import metrics as actions
from metrics.actions import queries
from metrics.forms.metrics import DefinitionForm, HandMetricForm, SqlMetricForm
from metrics.models import Metric
from metrics.views import page


@login_required
@require_safe
def metrics(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    shown = Metric.objects.visible_to(request.actor).filter(squad=squad)
    facts = tiles.facts(shown, timezone.now())
    return render(request, "metrics/metrics.html", {"facts": facts, "may_write": access.may_write(request, squad)})


@login_required
@require_safe
def metric(request: Request, pk: int) -> HttpResponse:
    return render(request, "metrics/metric.html", page.of(request, page.fetch(request, pk)))


@login_required
def new(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    feed = "hand" if request.GET.get("feed") == "hand" else "sql"
    form_class = HandMetricForm if feed == "hand" else SqlMetricForm
    form = form_class(request.POST or None, squad=squad, initial={"owner": request.user})
    context = {"form": form, "feed": feed}
    if not form.is_valid():
        return render(request, "metrics/new.html", context, status=422 if form.is_bound else 200)

    if "try" in request.POST:
        tried = queries.preview_of(form.cleaned_data, squad=squad)
        return render(request, "metrics/new.html", context | {"tried": tried})

    return redirect(
        operations.once(
            form.cleaned_data["operation"],
            request.user,
            lambda: actions.define_from(form.cleaned_data, squad=squad, by=request.user).get_absolute_url(),
        )
    )


@login_required
def edit(request: Request, pk: int) -> HttpResponse:
    metric = page.fetch_for_writing(request, pk)
    form = DefinitionForm(request.POST or None, squad=metric.squad, initial=initial_of(metric))
    if not form.is_valid():
        context = {"form": form, "metric": metric}
        return render(request, "metrics/edit.html", context, status=422 if form.is_bound else 200)

    actions.describe(metric, by=request.user, **page.without_operation(form))
    return redirect(metric)


def initial_of(metric: Metric) -> dict[str, object]:
    fields = ("question", "name", "unit", "direction", "definition", "why", "owner", "expectation")
    return {field: getattr(metric, field) for field in fields}


@login_required
@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    metric = page.fetch_for_writing(request, pk)
    actions.retire(metric, by=request.user)
    return redirect("metrics:metrics", metric.squad.slug)
