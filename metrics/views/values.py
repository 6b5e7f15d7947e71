"""Writing down by hand what was measured."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mdd.http import Request, posted
from metrics.actions import values as actions
from metrics.actions.samples import Kept
from metrics.forms.values import PasteForm, ValueForm
from metrics.models import Metric
from metrics.sources import by_hand
from metrics.views import page


def fetch(request: Request, pk: int) -> Metric:
    """A metric that is fed by hand; others take no values from people."""
    metric = page.fetch_in_use(request, pk)
    if metric.query_id:
        raise Http404
    return metric


@login_required
def values(request: Request, pk: int) -> HttpResponse:
    metric = fetch(request, pk)
    form = one_number(metric, posted(request))
    if not form.is_valid():
        return show(request, metric, one=form, status=422 if form.is_bound else 200)

    actions.write_down(metric, by=request.user, **page.without_operation(form))
    messages.success(request, _("Kept."))
    return redirect(metric)


def one_number(metric: Metric, typed: QueryDict | None = None) -> ValueForm:
    """For today, until another day is chosen."""
    return ValueForm(typed, initial={"day": timezone.now().astimezone(metric.zone).date()})


@login_required
@require_POST
def paste(request: Request, pk: int) -> HttpResponse:
    metric = fetch(request, pk)
    form = PasteForm(request.POST)
    if form.is_valid():
        pasted = by_hand.parse(form.cleaned_data["text"], metric)
        form.refuse(pasted.refused)
    if not form.is_valid():
        return show(request, metric, paste=form, status=422)

    kept = actions.paste(metric, pasted.readings, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, sentence(kept))
    return redirect(metric)


def show(
    request: Request, metric: Metric, *, one: Form | None = None, paste: Form | None = None, status: int = 200
) -> HttpResponse:
    context = {"metric": metric, "one": one or one_number(metric), "paste": paste or PasteForm()}
    return render(request, "metrics/values.html", context, status=status)


def sentence(kept: Kept) -> str:
    """What happened to the pasted rows."""
    new = ngettext("%(n)d new value", "%(n)d new values", kept.new) % {"n": kept.new}
    return _("%(new)s, %(changed)d corrected, %(same)d as before.") % {
        "new": new,
        "changed": kept.changed,
        "same": kept.same,
    }
