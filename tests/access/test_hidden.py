"""Hidden text is in no payload: whatever is fetched, by whomever, holds nothing private of anybody else."""

from __future__ import annotations

import pytest

from mdd.models import Role, User
from tests.access.planting import plant, sent
from tests.access.verdicts.cast import CAST
from tests.access.world import World

MARKS = {"admin": "quiet-spaghetti", "member": "calm-macaroni"}


@pytest.fixture
def planted(world: World) -> World:
    """The facilitator and a member have written everywhere."""
    for role, mark in MARKS.items():
        plant(world, User.objects.get(memberships__squad=world.squad, name=Role(role).label), mark)
    return world


@pytest.mark.parametrize("who", CAST)
def test_nobody_is_sent_what_somebody_else_wrote_privately(planted: World, who: str) -> None:
    others = [mark.encode() for role, mark in MARKS.items() if role != who]

    leaks = [url for url, body in sent(planted, planted.clients[who]) if any(mark in body for mark in others)]

    assert leaks == []


@pytest.mark.parametrize("who", MARKS)
def test_those_who_wrote_are_sent_all_of_their_own(planted: World, who: str) -> None:
    """Else the test above would find nothing because nothing was there to be found."""
    mine = b"".join(body for _url, body in sent(planted, planted.clients[who])).decode()

    places = ("deliver", "customers", "expectations", "card", "why", "worry")
    assert [place for place in places if f"{MARKS[who]} {place}" not in mine] == []
