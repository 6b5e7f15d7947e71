"""Sources of the organisation: everybody sees those they may ask, operators set them up."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mdd.access import operator_required
from mdd.actions import operations
from mdd.http import Request, posted
from mdd.models import Squad
from metrics.actions import sources as actions
from metrics.forms.sources import GrantForm, SourceForm
from metrics.models import Source
from metrics.sources.errors import SourceError
from metrics.sources.retelling import retold

KIND = "postgres"
ROLE = """CREATE ROLE mdd_reader LOGIN PASSWORD '…' CONNECTION LIMIT 4;
ALTER ROLE mdd_reader SET default_transaction_read_only = on;
ALTER ROLE mdd_reader SET statement_timeout = '15s';
GRANT SELECT ON departures TO mdd_reader;"""


@dataclass(frozen=True)
class Line:
    """What the last check found, as a notice."""

    text: str
    tone: str
    icon: str


@login_required
@require_safe
def sources(request: Request) -> HttpResponse:
    shown = Source.objects.visible_to(request.actor).with_signs()
    return render(request, "sources/sources.html", {"sources": shown.order_by("name")})


@operator_required
def new(request: Request) -> HttpResponse:
    form = SourceForm.of(KIND, None, posted(request))
    if not form.is_valid():
        return show(request, None, form)

    def write() -> str:
        made = actions.create(kind=KIND, config=form.config, by=request.user, **form.ours)
        return reverse("metrics:source", args=[made.pk])

    try:
        return redirect(operations.once(form.key, request.user, write, words=form.words))
    except ValidationError as error:
        return show(request, None, refused(form, error))


@operator_required
def source(request: Request, pk: int) -> HttpResponse:
    source = fetch(request, pk)
    form = SourceForm.of(source.kind, source, posted(request))
    if not form.is_valid():
        return show(request, source, form)

    try:
        actions.edit(source, config=form.config, by=request.user, **form.ours)
    except ValidationError as error:
        return show(request, source, refused(form, error))
    return redirect("metrics:source", pk)


def fetch(request: Request, pk: int) -> Source:
    return get_object_or_404(Source.objects.visible_to(request.actor), pk=pk)


def refused(form: SourceForm, error: ValidationError) -> SourceForm:
    """The form, saying what the action found wrong with it."""
    form.add_error(None, error)
    return form


@operator_required
@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    with suppress(SourceError):  # what was found is kept, and shown by the page
        actions.check(fetch(request, pk))
    return redirect("metrics:source", pk)


@operator_required
@require_POST
def grants(request: Request, pk: int) -> HttpResponse:
    source = fetch(request, pk)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return show(request, source, SourceForm.of(source.kind, source), granted=form)

    wanted = set(form.cleaned_data["squads"])
    given = set(Squad.objects.filter(source_grants__source=source))
    for squad in wanted - given:
        actions.grant(source, squad, by=request.user)
    for squad in given - wanted:
        actions.revoke(source, squad, by=request.user)
    return redirect("metrics:source", pk)


def show(
    request: Request, source: Source | None, form: SourceForm, *, granted: GrantForm | None = None
) -> HttpResponse:
    is_refused = form.is_bound or (granted is not None and granted.is_bound)
    context: dict[str, object] = {"source": source, "form": form, "role_example": ROLE}
    if source:
        given = GrantForm(initial={"squads": source.grants.values_list("squad", flat=True)})
        context |= {"grants": granted or given, "health": lines(source)}
    return render(request, "sources/source.html", context, status=422 if is_refused else 200)


def lines(source: Source) -> list[Line]:
    """The last check in words: what answered, what to mend, or why nothing did."""
    if source.checked_at is None:
        return []
    if error := source.health.get("error"):
        return [Line(retold(str(error)), "bad", "circle-x")]
    answered = _("%(version)s answers.") % {"version": source.health.get("version", "")}
    warnings = [Line(retold(str(warning)), "watch", "triangle-alert") for warning in source.health.get("warnings", ())]
    return [Line(answered, "good", "circle-check"), *warnings]
