"""Coming into a workshop without an account: by six digits, a link or its QR code, in one field."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mdd import links
from mdd.tries import Tries
from workshops import guests
from workshops.actions import guests as actions
from workshops.actions.refusals import Refused
from workshops.forms.guests import SIX, CodeForm, ComeInForm
from workshops.models import Workshop

MISSES = Tries("go", most=10, seconds=60)


@links.unlisted
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("workshops:come-in", form.cleaned_data["code"])
    return render(request, "workshops/guests/ask.html", {"form": form}, status=422 if form.is_bound else 200)


@links.unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the squad, or in already, goes straight on; others say their name."""
    if MISSES.are_used_up(address_of(request)):
        return render(request, "workshops/guests/slow_down.html", status=429)
    workshop = of_code(code)
    if workshop is None:
        return miss(request, code)
    if guests.guest_of(request, workshop.pk) or guests.is_insider(request, workshop.pk):
        return redirect(workshop)
    return join(request, workshop) if request.method == "POST" else show(request, workshop)


def of_code(code: str) -> Workshop | None:
    """The open workshop that has this code. What cannot be one is not looked for: the database takes no NUL."""
    rows = Workshop.objects.select_related("squad", "topic")
    return rows.filter(join_code=code).first() if SIX.fullmatch(code) else None


def miss(request: HttpRequest, code: str) -> HttpResponse:
    MISSES.miss(address_of(request))
    form = CodeForm({"code": code[:20]})
    form.add_error("code", _("No open workshop has this code. Look at the digits again; a resting one has none."))
    return render(request, "workshops/guests/ask.html", {"form": form}, status=404)


def join(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = ComeInForm(request.POST, workshop=workshop)
    if not form.is_valid():
        if form.is_a_guess:
            MISSES.miss(address_of(request))
        return show(request, workshop, form)
    wanted = {name: form.cleaned_data[name] for name in ("name", "operation")}
    try:
        guest = actions.come_in(workshop, **wanted)
    except Refused as refused:
        return locked(request, workshop, str(refused))
    if guest.name != wanted["name"]:
        said = _("Somebody here is called %(wanted)s already, so you are “%(name)s”.")
        messages.info(request, said % {"wanted": wanted["name"], "name": guest.name})
    return guests.remember(redirect(workshop), guest)


def show(request: HttpRequest, workshop: Workshop, form: ComeInForm | None = None) -> HttpResponse:
    if workshop.is_locked:
        return locked(request, workshop, actions.door_is_locked())
    name = request.user.name if request.user.is_authenticated else ""
    context = {"workshop": workshop, "form": form or ComeInForm(workshop=workshop, initial={"name": name})}
    return render(request, "workshops/guests/come_in.html", context, status=422 if form else 200)


def locked(request: HttpRequest, workshop: Workshop, why: str) -> HttpResponse:
    return render(request, "workshops/guests/locked.html", {"workshop": workshop, "why": why}, status=403)


def address_of(request: HttpRequest) -> str:
    """As sign-in counts its misses too."""
    return str(get_adapter().get_client_ip(request))
