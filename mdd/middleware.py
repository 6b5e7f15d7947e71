"""What every request passes through."""

from collections.abc import Callable
from typing import TypeAlias, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mdd.http import Request

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


def actor(answer: Answer) -> Answer:
    """Name the one who looks: `request.actor`. Somebody unknown has none and is asked to sign in by each view."""

    def middleware(plain: HttpRequest) -> HttpResponse:
        request = cast("Request", plain)
        request.squad = None
        request.people = {}
        request.roles = {}
        if request.user.is_authenticated:
            request.actor = request.user
        with timezone.override(None):  # a page may take on the zone of its squad, and for itself only
            return answer(request)

    return middleware
