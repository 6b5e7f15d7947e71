"""Every route, for everybody who may come: a verdict in `verdicts`, or the suite fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.verdicts import VERDICTS
from tests.access.verdicts.cast import CAST, NOT_ALLOWED
from tests.access.world import World

# django-allauth's pages and the signs of life are everybody's.
OPEN = ("account_", "health", "ready")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every route there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, prefix + inner)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{prefix}{pattern.name}"


def test_every_route_has_a_verdict() -> None:
    ours = {name for name in routes() if not name.startswith(OPEN)}

    assert ours == set(VERDICTS)


def undone(client: Client, method: str, url: str) -> HttpResponseBase:
    """The answer to a request whose writes are taken back, so that everybody meets the same world."""
    with transaction.atomic():
        answer = client.generic(method, url)
        transaction.set_rollback(True)
    return answer


def verdict(response: HttpResponseBase) -> str:
    if response.status_code == 302:
        return "ask" if response["Location"].startswith("/accounts/login/") else "see"
    return {200: "see", 204: "see", 422: "form", 403: "refuse", 404: "hide"}.get(
        response.status_code, str(response.status_code)
    )


@pytest.mark.parametrize("route", sorted(VERDICTS))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_route_answers_each_of_the_cast_as_the_table_says(world: World, route: str, method: str) -> None:
    expected = {"anonymous": "ask"} | VERDICTS[route].get(method, NOT_ALLOWED)
    url = reverse(route, args=world.arguments.get(route, []))

    given = {who: verdict(undone(world.clients[who], method, url)) for who in CAST}

    assert given == expected


@pytest.mark.parametrize("route", sorted(name for name in VERDICTS if "hide" in str(VERDICTS[name])))
def test_what_belongs_to_others_looks_like_what_does_not_exist(world: World, route: str) -> None:
    method = "GET" if "GET" in VERDICTS[route] else "POST"
    known = world.arguments.get(route, [])
    if not known:
        return
    unknown = [987_654_321 if isinstance(value, int) else "nowhere" for value in known[:1]] + known[1:]

    foreign = world.clients["stranger"].generic(method, reverse(route, args=known))
    missing = world.clients["stranger"].generic(method, reverse(route, args=unknown))

    assert (foreign.status_code, plain(foreign)) == (missing.status_code, plain(missing))


def plain(response: HttpResponseBase) -> str:
    """The page without what is new in every answer: nonces and tokens."""
    return re.sub(r'(nonce|value)="[^"]+"', "", getattr(response, "content", b"").decode())
