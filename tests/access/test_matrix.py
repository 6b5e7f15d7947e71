"""Every route, for everybody who may come, with a thing of their own, of others, and of nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access.asking import METHODS, answers, beyond, edges, hidden, missing, of, ours, own, plain
from tests.access.verdicts import BEYOND, VERDICTS
from tests.access.verdicts.cast import CAST
from tests.access.world import World
from tests.profile import IS_WHOLE

ROUTES = sorted(VERDICTS)
# Sources belong to the organisation: there are none of others.
ORGANISATIONS = {"metrics:source", "metrics:check-source", "metrics:grants"}


def test_every_route_has_a_verdict() -> None:
    assert ours() == set(VERDICTS)


def test_what_is_said_of_things_of_others_is_said_of_routes_that_exist() -> None:
    assert set(BEYOND) <= set(VERDICTS)


@pytest.mark.scaled
@pytest.mark.parametrize("route", ROUTES)
def test_a_route_answers_each_of_the_cast_as_the_table_says(world: World, route: str) -> None:
    said = {method: own(route, method) for method in METHODS}
    asked = {method: CAST if IS_WHOLE else edges(said[method]) for method in METHODS}

    given = {method: answers(world, route, method, world.arguments.get(route, []), asked[method]) for method in METHODS}

    assert given == {method: of(asked[method], said[method]) for method in METHODS}


@pytest.mark.long
@pytest.mark.parametrize("route", ROUTES)
def test_what_belongs_to_others_and_what_does_not_exist_is_hidden(world: World, foreign: World, route: str) -> None:
    known = foreign.arguments.get(route, [])
    if not known:
        return
    for method in VERDICTS[route]:
        if route not in ORGANISATIONS:
            assert answers(world, route, method, known) == beyond(route, method), (method, "of others")
        assert answers(world, route, method, missing(known)) == hidden(route, method), (method, "of nobody")


@pytest.mark.parametrize("route", [name for name in ROUTES if "hide" in str(VERDICTS[name])])
def test_what_belongs_to_others_looks_like_what_does_not_exist(world: World, route: str) -> None:
    method = "GET" if "GET" in VERDICTS[route] else "POST"
    known = world.arguments.get(route, [])
    if not known:
        return

    foreign = world.clients["stranger"].generic(method, reverse(route, args=known))
    nothing = world.clients["stranger"].generic(method, reverse(route, args=missing(known)))

    assert (foreign.status_code, plain(foreign)) == (nothing.status_code, plain(nothing))
