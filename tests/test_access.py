"""Every route, for everybody who may come: a verdict in this table, or the suite fails.

Verdicts: "see" 200 or a redirect to a page of ours, "form" 422 for an empty form, "refuse" 403, "hide" 404,
"ask" to sign in. A method that a route does not list is 405. Written by hand, never derived from the code it judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mdd.models import Role, Squad, User
from metrics.models import Backfill, Dashboard, Metric, Query, Source, Tile
from tests import builders

WRITERS = ("admin", "member", "lead")
LOOKERS = ("coach", "viewer")
INSIDERS = (*WRITERS, *LOOKERS)
OUTSIDERS = ("stranger", "operator")
CAST = (*INSIDERS, *OUTSIDERS, "anonymous")

LOOK = {"GET": dict.fromkeys(INSIDERS, "see") | dict.fromkeys(OUTSIDERS, "hide")}
WRITE_FORM = dict.fromkeys(WRITERS, "see") | dict.fromkeys(LOOKERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")
EMPTY_POST = dict.fromkeys(WRITERS, "form") | dict.fromkeys(LOOKERS, "refuse") | dict.fromkeys(OUTSIDERS, "hide")
FORM = {"GET": WRITE_FORM, "POST": EMPTY_POST}
DO = {"POST": WRITE_FORM}
ANYBODY = {"GET": dict.fromkeys((*INSIDERS, *OUTSIDERS), "see")}
NOT_ALLOWED = dict.fromkeys((*INSIDERS, *OUTSIDERS), "405")
OPERATOR = dict.fromkeys(INSIDERS, "hide") | {"stranger": "hide", "operator": "see"}

VERDICTS: dict[str, dict[str, dict[str, str]]] = {
    "workshops:front": ANYBODY,
    "workshops:squads": ANYBODY,
    "workshops:new-squad": ANYBODY | {"POST": dict.fromkeys((*INSIDERS, *OUTSIDERS), "form")},
    "workshops:squad": LOOK,
    "workshops:statements": LOOK,
    "workshops:agree": {"POST": EMPTY_POST},
    "metrics:metrics": LOOK,
    "metrics:new": FORM,
    "metrics:dashboards": LOOK,
    "metrics:new-dashboard": FORM,
    "metrics:runs": LOOK,
    "metrics:metric": LOOK,
    "metrics:edit": FORM,
    "metrics:retire": DO,
    "metrics:goal": FORM,
    "metrics:values": FORM,
    "metrics:paste": {"POST": EMPTY_POST},
    "metrics:ask-again": DO,
    "metrics:progress": LOOK,
    "metrics:cancel": DO,
    "metrics:query": LOOK | {"POST": EMPTY_POST},
    "metrics:dashboard": LOOK,
    "metrics:changed-tiles": LOOK,
    "metrics:add-tile": FORM,
    "metrics:remove-tile": DO,
    "metrics:move-tile": DO,
    "metrics:sources": ANYBODY,
    "metrics:new-source": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "form"}},
    "metrics:source": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "form"}},
    "metrics:check-source": {"GET": OPERATOR | {"operator": "405"}, "POST": OPERATOR},
    "metrics:grants": {"GET": OPERATOR | {"operator": "405"}, "POST": OPERATOR},
    "mails": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "405"}},
    "styleguide": {"GET": OPERATOR, "POST": OPERATOR | {"operator": "405"}},
}
# django-allauth's pages and the signs of life are everybody's.
OPEN = ("account_", "health", "ready")


@dataclass
class World:
    """One object of each kind in our squad, and everybody who may come."""

    squad: Squad
    clients: dict[str, Client]
    hand: Metric
    pulled: Metric
    query: Query
    backfill: Backfill
    dashboard: Dashboard
    tile: Tile
    source: Source
    arguments: dict[str, list[object]] = field(default_factory=dict)


@pytest.fixture
def world(squad: Squad, client_of: Callable[[User], Client], eve: User, olga: User) -> World:
    people = {role.value: builders.make_member(squad, role, name=role.label) for role in Role}
    clients = {name: client_of(user) for name, user in {**people, "stranger": eve, "operator": olga}.items()}
    source = builders.make_source()
    query = builders.make_query(squad, source)
    hand, pulled = builders.make_metric(squad), builders.make_metric(squad, query=query)
    builders.make_goal(pulled)
    dashboard = builders.make_dashboard(squad)
    tile = Tile.objects.create(dashboard=dashboard, metric=pulled)
    backfill = Backfill.objects.create(query=query, start=query.next_slot.replace(day=1, month=2), end=query.next_slot)
    made = World(squad, clients | {"anonymous": Client()}, hand, pulled, query, backfill, dashboard, tile, source)
    made.arguments = arguments(made)
    return made


def arguments(world: World) -> dict[str, list[object]]:
    """What stands in the address of each route that has an object in it."""
    of_metric = ("metric", "edit", "retire", "goal", "ask-again", "progress")
    of_dashboard = ("dashboard", "changed-tiles", "add-tile")
    return {
        **{f"metrics:{name}": [world.pulled.pk] for name in of_metric},
        **{f"metrics:{name}": [world.dashboard.pk] for name in of_dashboard},
        **{f"metrics:{name}": [world.hand.pk] for name in ("values", "paste")},
        **{f"metrics:{name}": [world.tile.pk] for name in ("remove-tile", "move-tile")},
        **{f"metrics:{name}": [world.source.pk] for name in ("source", "check-source", "grants")},
        **{f"metrics:{name}": [world.squad.slug] for name in ("metrics", "new", "dashboards", "new-dashboard", "runs")},
        **{f"workshops:{name}": [world.squad.slug] for name in ("squad", "statements")},
        "workshops:agree": [world.squad.slug, "deliver"],
        "metrics:cancel": [world.backfill.pk],
        "metrics:query": [world.query.pk],
    }


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
