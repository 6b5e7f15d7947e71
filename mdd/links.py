"""Pages whose address is a secret: whoever has the link may do one thing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

P = ParamSpec("P")

SECRET = re.compile(r"/(join|n|go|result|reminder)/[^/\s]+")


def unlisted(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Nobody keeps, lists or passes on the address of this page.

    Browsers send `Origin: null` where the policy is no-referrer, and then every form is refused: strict-origin sends
    the host, and never the path.
    """

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, no_store=True, private=True)
        return response

    return answered


def absolute(path: str) -> str:
    """An address for a mail, where there is no request to take the host from."""
    return f"{settings.BASE_URL}{path}"


class Discreet(logging.Filter):
    """Leaves the secrets of such pages out of the log: Django writes down the path of each answer from 400 on."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"/\1/…", said), ()
        return True
