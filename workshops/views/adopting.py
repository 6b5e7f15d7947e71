"""One survivor at a time: what it asks of us before it is a metric."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import access
from mdd.http import Request, posted
from metrics.sources.errors import SourceError
from metrics.views import trying
from metrics.words import above
from workshops import origins, proposals, rooms
from workshops.actions import adopting as actions
from workshops.actions import writing
from workshops.actions.refusals import Refused, TooLate
from workshops.forms.adopting import HAND, AdoptForm
from workshops.models import Adoption, Card


def fetch(request: Request, pk: int, card: int) -> Card:
    """A card that the actor may adopt, with all that its trace shows."""
    rows = Card.objects.visible_to(request.actor).select_related(
        "workshop__squad",
        "workshop__topic",
        "workshop__template",
        "bucket__dashboard",
        "participant__user",
        "expectation__customer",
        "expectation__deliverable",
    )
    found = get_object_or_404(rows, workshop=pk, pk=card)
    access.stand_in(request, found.workshop.squad)
    access.require_writer(request, found.workshop.squad)
    return found


@login_required
def adopt(request: Request, pk: int, card: int) -> HttpResponse:
    subject = fetch(request, pk, card)
    if elsewhere := led_elsewhere(request, subject):
        return elsewhere
    form = AdoptForm(posted(request), card=subject, initial=proposed(request, subject))
    if "try" in request.POST and request.POST.get("feed") not in HAND:
        return attempt(request, subject, form)
    if not form.is_valid():
        return show(request, subject, form, status=422 if form.is_bound else 200)
    if form.cleaned_data["feed"] == "column" and not trying.holds(subject.workshop.squad, form, form.tried):
        return show(request, subject, form, status=422)
    try:
        return make(request, subject, form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return show(request, subject, form, status=422)


def led_elsewhere(request: Request, card: Card) -> HttpResponse | None:
    """To the metric that there is, or to the workshop that takes nothing, before somebody types in vain."""
    if adoption := Adoption.objects.filter(card=card).select_related("metric").first():
        return redirect(adoption.metric)
    if request.method == "POST":
        return None
    try:
        writing.refuse_to_adopt(card.workshop)
    except TooLate as late:
        messages.warning(request, str(late))
        return redirect(card.workshop)
    return None


def proposed(request: Request, card: Card) -> dict[str, object]:
    today = timezone.now().astimezone(card.workshop.squad.tz).date()
    return proposals.of(card, owner=request.user, today=today)


def attempt(request: Request, card: Card, form: AdoptForm) -> HttpResponse:
    """Ask the source once; what is not part of the question may still be open."""
    if not form.only_about_the_question():
        return show(request, card, form, status=422)
    return show(request, card, form, tried=trying.answer(card.workshop.squad, form.tried))


def make(request: Request, card: Card, form: AdoptForm) -> HttpResponse:
    workshop, me = rooms.enter_to_adopt(request, card.workshop_id)
    try:
        adoption = actions.adopt(card, plan=form.plan, by=me, operation=form.cleaned_data["operation"])
    except SourceError as error:
        form.add_error("text", error.sentence)
        return show(request, card, form, status=422)
    messages.success(request, sentence(adoption, request))
    return redirect(workshop)


def sentence(adoption: Adoption, request: Request) -> str:
    said = {"question": adoption.metric.question, "name": adoption.by.name}
    if adoption.by != request.user:
        return _("%(name)s has made a metric of “%(question)s” meanwhile.") % said
    return _("“%(question)s” is a metric now.") % said


def show(request: Request, card: Card, form: AdoptForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "card": card,
        "workshop": card.workshop,
        "form": form,
        "trace": [origins.stop(card), *above(card.expectation)],
        "example": trying.EXAMPLE,
    }
    return render(request, "workshops/adopt.html", context | more, status=status)
