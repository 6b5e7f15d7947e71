"""Hidden text is in no payload: whatever is fetched, by whomever, holds nothing private of anybody else."""

from __future__ import annotations

import pytest

from mdd.models import Role, User
from tests.access.planting import plant, sent
from tests.access.verdicts.cast import CAST
from tests.access.world import World
from tests.profile import IS_WHOLE

MARKS = {"admin": "quiet-spaghetti", "member": "calm-macaroni"}
PLACES = ("deliver", "customers", "expectations", "card", "why", "worry")


@pytest.fixture
def planted(world: World) -> World:
    """The facilitator and a member have written everywhere."""
    for role, mark in MARKS.items():
        plant(world, User.objects.get(memberships__squad=world.squad, name=Role(role).label), mark)
    return world


@pytest.mark.scaled
@pytest.mark.parametrize("who", CAST if IS_WHOLE else ("member",))
def test_everybody_is_sent_what_they_wrote_privately_and_nothing_that_somebody_else_wrote(
    planted: World, who: str
) -> None:
    """Were they not sent their own, nothing of others would be found because nothing was there to be found."""
    others = [mark.encode() for role, mark in MARKS.items() if role != who]
    own = [f"{MARKS[who]} {place}".encode() for place in PLACES if who in MARKS]

    given = list(sent(planted, planted.clients[who]))

    assert [url for url, body in given if any(mark in body for mark in others)] == []
    assert [words for words in own if not any(words in body for _url, body in given)] == []
