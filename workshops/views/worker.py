"""The service worker of rooms. Its address stays the same from release to release, unlike that of a static file."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "room-worker.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """For anybody: it holds nothing. It may look at every page, to see that somebody signs in or out."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8", headers=headers)
