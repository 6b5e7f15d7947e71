"""What every request passes through."""

from collections.abc import Callable
from typing import TypeAlias, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import activate, get_language

from mdd.http import Request

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


def speak(request: Request, language: str) -> None:
    """Whoever has chosen a language hears it from any browser. "": what the browser asks for, which is active."""
    if language and language != get_language():
        activate(language)
        request.LANGUAGE_CODE = language


def actor(answer: Answer) -> Answer:
    """Name the one who looks: `request.actor`. Somebody unknown has none and is asked to sign in by each view."""

    def middleware(plain: HttpRequest) -> HttpResponse:
        request = cast("Request", plain)
        request.squad = None
        request.people = {}
        request.roles = {}
        if request.user.is_authenticated:
            request.actor = request.user
            speak(request, request.user.language)
        with timezone.override(None):  # a page may take on the zone of its squad, and for itself only
            return answer(request)

    return middleware
