"""What every request passes through."""

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


def actor(answer: Answer) -> Answer:
    """Name the one who looks: `request.actor`. Somebody unknown has none and is asked to sign in by each view."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = request.user  # type: ignore[attr-defined]
        return answer(request)

    return middleware
