"""A squad's metrics: the list, one of them, a new one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.http import Request, posted
from mdd.models import Squad
from metrics import tiles
from metrics.actions import metrics as actions
from metrics.actions import queries
from metrics.forms.metrics import DefinitionForm, HandMetricForm, MetricForm, SqlMetricForm
from metrics.models import Metric
from metrics.slots import Cadence
from metrics.sources.errors import SourceError
from metrics.views import page, trying

DESCRIBED = ("question", "name", "unit", "direction", "definition", "why", "owner", "expectation")
FORMS: dict[str, type[MetricForm]] = {"sql": SqlMetricForm, "hand": HandMetricForm}
TYPED = {name for form in FORMS.values() for name in form.base_fields}
FEEDS = (("sql", gettext_lazy("Ask a source")), ("hand", gettext_lazy("By hand or paste")))


@login_required
@require_safe
def metrics(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    shown = Metric.objects.visible_to(request.actor).filter(squad=squad)
    context = {"tiles": tiles.facts(shown, timezone.now()), "may_write": access.may_write(request, squad)}
    return render(request, "metrics/metrics.html", context)


@login_required
@require_safe
def metric(request: Request, pk: int) -> HttpResponse:
    return render(request, "metrics/metric.html", page.of(request, page.fetch(request, pk)))


@login_required
def new(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    feed = request.GET.get("feed", "sql") if request.GET.get("feed") in FORMS else "sql"
    if "turned" in request.POST:
        return show_new(request, FORMS[feed](squad=squad, initial=request.POST.dict()), feed)
    form = FORMS[feed](posted(request), squad=squad, initial={"owner": request.user})
    if "try" in request.POST:
        return attempt(request, form, feed)
    if not form.is_valid():
        return show_new(request, form, feed, status=422 if form.is_bound else 200)
    return keep_new(request, squad, form, feed)


def attempt(request: Request, form: MetricForm, feed: str) -> HttpResponse:
    """Ask the source once; what is not part of the question may still be open."""
    if not form.only_about_the_question():
        return show_new(request, form, feed, status=422)
    tried = trying.answer(form.squad, form.cleaned_data) if feed == "sql" else None
    return show_new(request, form, feed, tried=tried)


def keep_new(request: Request, squad: Squad, form: MetricForm, feed: str) -> HttpResponse:
    if form.cleaned_data.get("query") and not trying.holds(squad, form, form.cleaned_data):
        return show_new(request, form, feed, status=422)
    try:
        return redirect(operations.once(form.key, request.user, lambda: make(request, squad, form), words=form.words))
    except SourceError as error:
        form.add_error("text", error.sentence)
        return show_new(request, form, feed, status=422)


def show_new(
    request: Request, form: MetricForm, feed: str, *, tried: trying.Tried | None = None, status: int = 200
) -> HttpResponse:
    carried = [(name, text) for name, text in request.POST.items() if name in TYPED and name not in form.fields]
    context = {"form": form, "feed": feed, "feeds": FEEDS, "carried": carried, "tried": tried}
    return render(request, "metrics/new.html", context | {"example": trying.EXAMPLE}, status=status)


def make(request: Request, squad: Squad, form: MetricForm) -> str:
    """Define what the form describes, with a query of its own if it names none; answers with the metric's address."""
    wanted = page.without_operation(form)
    if isinstance(form, HandMetricForm):
        wanted |= {"hand_cadence": wanted["cadence"]}
    elif not wanted.get("query"):
        wanted |= {"query": ask(squad, wanted, request)}
    planned = {field.name: wanted[field.name] for field in fields(actions.Plan) if field.name in wanted}
    return actions.define(squad, plan=actions.Plan(**planned), by=request.user).get_absolute_url()


def ask(squad: Squad, wanted: dict[str, Any], request: Request) -> object:
    """A new query. Raises SourceError."""
    return queries.create(
        squad,
        source=wanted["source"],
        text=str(wanted["text"]),
        cadence=Cadence(str(wanted["cadence"])),
        by=request.user,
    )


@login_required
def edit(request: Request, pk: int) -> HttpResponse:
    metric = page.fetch_in_use(request, pk)
    described = {field: getattr(metric, field) for field in DESCRIBED}
    form = DefinitionForm(posted(request), squad=metric.squad, initial=described)
    if not form.is_valid():
        context = {"form": form, "metric": metric}
        return render(request, "metrics/edit.html", context, status=422 if form.is_bound else 200)

    actions.describe(metric, by=request.user, **page.without_operation(form))
    return redirect(metric)


@login_required
@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """A metric without a goal is let go at once; an active goal ends by a decision only."""
    metric = page.fetch_for_writing(request, pk)
    if metric.goals.active().exists():
        return redirect("metrics:goal", metric.pk)
    actions.retire(metric, by=request.user)
    return redirect("metrics:metrics", metric.squad.slug)
