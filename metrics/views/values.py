"""Writing down by hand what was measured."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mdd.actions import operations
from mdd.http import Request, posted
from metrics import hand
from metrics.actions import values as actions
from metrics.actions.samples import Kept
from metrics.actions.values import ReasonWanted
from metrics.forms.values import PasteForm, ReasonedForm, ValueForm, plain
from metrics.models import Metric
from metrics.slots import EARLIEST
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
    form = ValueForm(posted(request), metric=metric, initial=beginning(request, metric))
    if form.is_valid() and keep_one(request, metric, form):
        messages.success(request, _("Kept."))
        return redirect(metric)
    return show(request, metric, one=form, status=422 if form.is_bound else 200)


def keep_one(request: Request, metric: Metric, form: ValueForm) -> bool:
    """Write one number down, once. Where that would correct another without a reason, the form asks for it."""
    wanted = {name: form.cleaned_data[name] for name in ("day", "value", "reason")}

    def write() -> str:
        actions.write_down(metric, by=request.user, **wanted)
        return metric.get_absolute_url()

    try:
        operations.once(form.key, request.user, write, words=form.words)
    except ReasonWanted as wants:
        form.ask_why(str(wants))
    return not form.errors


def beginning(request: Request, metric: Metric) -> dict[str, object]:
    """The day that the address names, with what it says now; else the newest that still wants a value, or today."""
    named = named_day(request)
    if named is not None:
        there = hand.value_at(metric, hand.slot_of(metric, named))
        return {"day": named, "value": plain(there.value if there else None)}
    (ask,) = hand.asks([metric], timezone.now())
    return {"day": ask.day if ask.is_missing else timezone.now().astimezone(metric.zone).date()}


def named_day(request: Request) -> date | None:
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if day and day >= EARLIEST else None


@login_required
@require_POST
def paste(request: Request, pk: int) -> HttpResponse:
    metric = fetch(request, pk)
    form = PasteForm(request.POST)
    if form.is_valid():
        paste_rows(request, metric, form)
    return show(request, metric, paste=form, status=422) if form.errors else redirect(metric)


def paste_rows(request: Request, metric: Metric, form: PasteForm) -> None:
    """Keep them all, once, or say on the form why not."""
    pasted = by_hand.parse(form.cleaned_data["text"], metric)
    form.refuse(pasted.refused)

    def write() -> str:
        kept = actions.paste(metric, pasted.readings, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, sentence(kept))
        return metric.get_absolute_url()

    try:
        if not pasted.refused:
            operations.once(form.key, request.user, write, words=form.words)
    except ReasonWanted as wants:
        form.ask_why(str(wants))


def show(
    request: Request,
    metric: Metric,
    *,
    one: ReasonedForm | None = None,
    paste: ReasonedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    (ask,) = hand.asks([metric], timezone.now())
    context = {
        "metric": metric,
        "ask": ask,
        "one": one or ValueForm(metric=metric, initial=beginning(request, metric)),
        "paste": paste or PasteForm(),
        "lately": hand.lately(metric),
    }
    return render(request, "metrics/values.html", context, status=status)


def sentence(kept: Kept) -> str:
    """What happened to the pasted rows."""
    told = (
        (kept.new, ngettext("%(n)d new value", "%(n)d new values", kept.new)),
        (kept.changed, _("%(n)d corrected")),
        (kept.same, _("%(n)d as before")),
    )
    return ", ".join(words % {"n": n} for n, words in told if n) + "."
