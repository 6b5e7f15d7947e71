"""What every request passes through."""

from collections.abc import Callable
from typing import TypeAlias, cast

from django.http import HttpRequest, HttpResponse

from mdd.http import Request

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


def actor(answer: Answer) -> Answer:
    """Name the one who looks: `request.actor`. Somebody unknown has none and is asked to sign in by each view."""

    def middleware(plain: HttpRequest) -> HttpResponse:
        request = cast("Request", plain)
        request.squad = None
        request.people = {}
        if request.user.is_authenticated:
            request.actor = request.user
        return answer(request)

    return middleware
