"""The squad's answers to the four questions, on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mdd import access
from mdd.actions import operations
from mdd.actions import statements as actions
from mdd.http import Request
from mdd.models import Squad
from workshops.canvas import canvas
from workshops.forms.statements import CustomerForm, DeliverableForm, ExpectationForm, FindingForm


@dataclass(frozen=True)
class Kind:
    """How one question is answered: with which form, by which action."""

    form: Callable[..., forms.Form]
    agree: Callable[..., Any]


KINDS = {
    "deliver": Kind(DeliverableForm, actions.agree_deliverable),
    "customers": Kind(CustomerForm, actions.agree_customer),
    "expectations": Kind(ExpectationForm, actions.agree_expectation),
    "meeting": Kind(FindingForm, actions.find),
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
    if kind not in KINDS:
        raise Http404
    form = KINDS[kind].form(request.POST, squad=squad)
    if not form.is_valid():
        return show(request, squad, asked={kind: form}, status=422)

    wanted = dict(form.cleaned_data)
    there = reverse("workshops:statements", args=[slug]) + f"#{kind}"

    def write() -> str:
        KINDS[kind].agree(squad, by=request.user, **wanted)
        return there

    return redirect(operations.once(wanted.pop("operation"), request.user, write))


def show(
    request: Request, squad: Squad, *, asked: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page; a form in `asked` takes the place of the empty one, with what was typed and what is wrong."""
    fresh = {kind: KINDS[kind].form(squad=squad) for kind in KINDS} if access.may_write(request, squad) else {}
    questions = canvas(squad, fresh | (asked or {}))
    return render(request, "squads/statements.html", {"questions": questions}, status=status)
