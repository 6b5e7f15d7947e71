"""The matrix catches a view that forgot to ask who looks, and a route that nobody judged."""

import pytest
from pytest_django.fixtures import Settings

from tests.access.asking import answers, ours, own
from tests.access.verdicts import VERDICTS
from tests.access.verdicts.cast import LOOK
from tests.access.world import World


@pytest.fixture
def unguarded(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.access.unguarded"


@pytest.mark.usefixtures("unguarded")
def test_a_route_without_a_verdict_is_noticed() -> None:
    assert ours() - set(VERDICTS) == {"open-squad", "open-metric"}


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("route", ["open-squad", "open-metric"])
def test_a_view_that_asks_nobody_who_they_are_is_caught(
    world: World, foreign: World, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    monkeypatch.setitem(VERDICTS, route, LOOK)
    here, there = ([place.squad.slug] if route == "open-squad" else [place.hand.pk] for place in (world, foreign))

    given = answers(world, route, "GET", here)

    assert {who for who, said in own(route, "GET").items() if said != given[who]} == {
        "stranger",
        "operator",
        "guest",
        "anonymous",
    }
    assert set(answers(world, route, "GET", there).values()) == {"see"}
