"""The squad's answers to the four questions, on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations, rewording
from mdd.forms import OperationForm
from mdd.http import Request, posted
from mdd.models import Customer, Deliverable, Expectation, Squad
from metrics.views.page import without_operation
from workshops import exports, sheet
from workshops.actions.stating import AGREE
from workshops.canvas import canvas
from workshops.forms.statements import FORMS
from workshops.sheet import Sheet


@dataclass(frozen=True)
class Wording:
    """How one kind of statement is found and said better."""

    rows: Callable[[], Any]
    reword: Callable[..., Any]


WORDINGS = {
    "deliver": Wording(Deliverable.objects.all, rewording.reword_deliverable),
    "customers": Wording(Customer.objects.all, rewording.reword_customer),
    "expectations": Wording(Expectation.objects.all, rewording.reword_expectation),
}


@login_required
@require_safe
def statements(request: Request, slug: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    return show(request, squad)


@login_required
@require_POST
def agree(request: Request, slug: str, kind: str) -> HttpResponse:
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST, squad=squad, auto_id=f"{kind}-%s")
    if not form.is_valid():
        return show(request, squad, asked={kind: form}, status=422)

    wanted = without_operation(form)
    there = reverse("workshops:statements", args=[slug]) + f"#{kind}"

    def write() -> str:
        AGREE[kind](squad, by=request.user, **wanted)
        return there

    return redirect(operations.once(form.key, request.user, write, words=form.words))


@login_required
def reword(request: Request, slug: str, kind: str, pk: int) -> HttpResponse:
    """Say a statement better: the new one takes its place."""
    squad = access.squad_of(request, slug)
    access.require_writer(request, squad)
    if kind not in WORDINGS:
        raise Http404
    old = get_object_or_404(WORDINGS[kind].rows().visible_to(request.actor), squad=squad, pk=pk)
    if old.superseded_by_id and request.method == "GET":
        return outdated(request, old, kind)
    form = FORMS[kind](posted(request), squad=squad, initial=model_to_dict(old))
    if not form.is_valid():
        context = {"form": form, "old": old, "kind": kind}
        return render(request, "squads/reword.html", context, status=422 if form.is_bound else 200)
    return replaced(request, kind, old, form)


def replaced(request: Request, kind: str, old: Any, form: OperationForm) -> HttpResponse:
    there = reverse("workshops:statements", args=[old.squad.slug]) + f"#{kind}"

    def write() -> str:
        WORDINGS[kind].reword(old, by=request.user, **without_operation(form))
        return there

    try:
        return redirect(operations.once(form.key, request.user, write, words=form.words))
    except rewording.Outdated:
        return outdated(request, old, kind)


def day_of(request: Request) -> date | None:
    """The day that the address asks for (?on=2026-11-01), if it is over."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return on if on < timezone.localdate() else None


def sheet_of(request: Request, squad: Squad) -> Sheet:
    """The squad's answers now, or at the end of the day that the address asks for."""
    on = day_of(request)
    return sheet.read(squad, end_of(on, squad) if on else None)


def end_of(day: date, squad: Squad) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), squad.tz)


def outdated(request: Request, old: Any, kind: str) -> HttpResponse:
    messages.warning(request, _("Somebody has reworded it meanwhile. Look at what it says now."))
    return redirect(reverse("workshops:statements", args=[old.squad.slug]) + f"#{kind}")


def show(
    request: Request, squad: Squad, *, asked: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page; a form in `asked` takes the place of the empty one, with what was typed and what is wrong."""
    fresh = (
        {kind: FORMS[kind](squad=squad, auto_id=f"{kind}-%s") for kind in FORMS}
        if access.may_write(request, squad)
        else {}
    )
    on = day_of(request)
    context = {
        "questions": canvas(sheet_of(request, squad), {} if on else fresh | (asked or {})),
        "may_write": bool(fresh) and not on,
        "today": timezone.now(),
        "on": on,
        "last_day": timezone.localdate(),
        "kinds": exports.KINDS,
    }
    return render(request, "squads/statements.html", context, status=status)
