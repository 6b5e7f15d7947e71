"""Numbers by hand: everything of a squad that wants a value now, each with one field."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.http import Request
from mdd.models import Squad
from metrics import hand
from metrics.forms.values import ValueForm
from metrics.hand import Ask
from metrics.models import Metric
from metrics.views import values


@dataclass(frozen=True)
class Row:
    """A metric that wants a value, and the field for it; none for those who only look."""

    ask: Ask
    is_mine: bool
    form: ValueForm | None


@login_required
@require_safe
def numbers(request: Request, slug: str) -> HttpResponse:
    return show(request, access.squad_of(request, slug))


@login_required
@require_POST
def number(request: Request, slug: str, pk: int) -> HttpResponse:
    squad = access.squad_of(request, slug)
    metric = values.fetch(request, pk)
    if metric.squad_id != squad.pk:
        raise Http404
    form = ValueForm(request.POST, metric=metric, auto_id=f"{metric.pk}_%s")
    if not form.is_valid() or not values.keep_one(request, metric, form):
        return show(request, squad, asked={metric.pk: form}, status=422)
    kept = {"value": hand.exact(form.cleaned_data["value"], metric), "question": metric.question}
    messages.success(request, _("Kept: %(value)s. %(question)s") % kept)
    return redirect("metrics:numbers", slug)


def show(
    request: Request, squad: Squad, *, asked: dict[int, ValueForm] | None = None, status: int = 200
) -> HttpResponse:
    """The page; a form in `asked` takes the place of the empty one, also where there is a value by now."""
    mine_first = sorted(ours(request, squad), key=lambda metric: (metric.owner != request.user, metric.question))
    forms, found = asked or {}, hand.asks(mine_first, timezone.now())
    wanted = [ask for ask in found if ask.is_missing or ask.metric.pk in forms]
    context = {
        "rows": [row(request, ask, forms.get(ask.metric.pk)) for ask in wanted],
        "done": [ask for ask in found if ask not in wanted],
        "may_write": access.may_write(request, squad),
    }
    return render(request, "metrics/numbers.html", context, status=status)


def ours(request: Request, squad: Squad) -> list[Metric]:
    return list(hand.fed_by_hand().visible_to(request.actor).filter(squad=squad))


def row(request: Request, ask: Ask, form: ValueForm | None) -> Row:
    if form is None and access.may_write(request, ask.metric.squad):
        form = ValueForm(metric=ask.metric, initial={"day": ask.day}, auto_id=f"{ask.metric.pk}_%s")
    return Row(ask, ask.metric.owner == request.user, form)
