"""Asking every route as everybody of the cast, and saying the answer in the words of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.verdicts import BEYOND, VERDICTS
from tests.access.verdicts.cast import ALIKE, CAST, NOT_ALLOWED
from tests.access.world import World

# django-allauth's pages and the signs of life are everybody's.
OPEN = ("account_", "health", "ready")
METHODS = ("GET", "POST")
NOWHERE = (987_654_321, "nowhere")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every route there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, prefix + inner)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{prefix}{pattern.name}"


def ours() -> set[str]:
    """The routes that want a verdict."""
    return {name for name in routes() if not name.startswith(OPEN)}


def own(route: str, method: str) -> dict[str, str]:
    """What the table says about a thing of the squad of the cast. Whom it does not name is anybody, and asked who."""
    said = VERDICTS[route]
    refused = NOT_ALLOWED | {who: "405" for who in ("guest", "anonymous") if who in str(said)}
    return {"anonymous": "ask", "guest": "ask"} | said.get(method, refused)


def edges(said: dict[str, str]) -> tuple[str, ...]:
    """Of those who are alike and are told the same, the last."""
    return tuple({(alike, said[who]): who for alike in ALIKE for who in alike}.values())


def of(cast: Sequence[str], said: dict[str, str]) -> dict[str, str]:
    return {who: said[who] for who in cast}


def hidden(route: str, method: str) -> dict[str, str]:
    """What follows for a thing that is not there. A secret that nobody made is not there for whoever comes."""
    if route in BEYOND:
        said = BEYOND[route].get(method, {})
        return {who: "405" if said.get(who) == "405" else "hide" for who in CAST}
    told = {who: said if said in {"ask", "405"} else "hide" for who, said in own(route, method).items()}
    return told | {"guest": "ask"}  # a cookie of one workshop is nothing beyond it


def beyond(route: str, method: str) -> dict[str, str]:
    """What follows for a thing of others: hidden as if it were not there, where the table knows no better."""
    return hidden(route, method) | BEYOND.get(route, {}).get(method, {})


def answers(
    world: World, route: str, method: str, arguments: Sequence[object], cast: Sequence[str] = CAST
) -> dict[str, str]:
    url = reverse(route, args=arguments)
    return {who: verdict(undone(world.clients[who], method, url)) for who in cast}


def missing(arguments: Sequence[object]) -> list[object]:
    """The same address of a thing that is not there."""
    return [NOWHERE[isinstance(arguments[0], str)], *arguments[1:]]


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


def plain(response: HttpResponseBase) -> str:
    """The page without what is new in every answer: nonces and tokens."""
    return re.sub(r'(nonce|value)="[^"]+"', "", getattr(response, "content", b"").decode())
