"""What every request passes through."""

from collections.abc import Callable
from typing import TypeAlias, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language, get_language_from_request, override

from mdd import typed
from mdd.http import Request, asks_for_a_page

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


def language(answer: Answer) -> Answer:
    """Speak as the browser asks, and for this request only: Django's own leaves the thread in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with override(get_language_from_request(request)):
            response = answer(request)
            response.headers.setdefault("Content-Language", get_language() or "")
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return middleware


def signature(answer: Answer) -> Answer:
    """Tell our answers from those of a proxy: what is kept in a browser is let go of only when we have it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers["MDD"] = "1"
        return response

    return middleware


def speak(chosen: str) -> None:
    """Whoever has chosen a language hears it from any browser. "": what the browser asks for, which is active."""
    if chosen and chosen != get_language():
        activate(chosen)


def actor(answer: Answer) -> Answer:
    """Name the one who looks: `request.actor`. Somebody unknown has none and is asked to sign in by each view."""

    def middleware(plain: HttpRequest) -> HttpResponse:
        request = cast("Request", plain)
        request.squad = None
        request.people = {}
        request.roles = {}
        if request.user.is_authenticated:
            request.actor = request.user
            speak(request.user.language)
        with timezone.override(None):  # a page may take on the zone of its squad, and for itself only
            return answer(request)

    return middleware


def signed_out(answer: Answer) -> Answer:
    """Where a form is answered by asking to sign in, give back what was typed: the way there would lose it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        asks = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        if asks and (kept := typed.to_give_back(request)):
            return render(request, "signed_out.html", {"typed": kept}, status=403)
        return response

    return middleware


def forms_only(answer: Answer) -> Answer:
    """Where an address takes forms only, say so to whoever loads it by hand: the empty page has no way on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if isinstance(response, HttpResponseNotAllowed) and asks_for_a_page(request):
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware
