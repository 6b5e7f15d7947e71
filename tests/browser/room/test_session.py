"""A whole workshop by keys alone at 1280 px, and by a finger alone at 360 px, as far as a metric."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mdd.models import User
from metrics.models import Metric
from tests.browser import session
from tests.browser.room.visitors import Visitor
from tests.browser.room.webs import Web
from tests.browser.shelf import Shelf
from tests.browser.ways import Finger, Keys
from workshops.models import Workshop

pytestmark = [pytest.mark.xdist_group("room"), pytest.mark.long]

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@contextmanager
def workshops_of(shelf: Shelf, web: Web, user: User, device: dict[str, Any]) -> Iterator[Page]:
    """The workshops of somebody's squad; an error of a script on any page fails the test."""
    expect.set_options(timeout=10_000)
    context = shelf.take(reduced_motion="reduce", is_new=True, **device)
    context.set_default_timeout(20_000)
    visitor = Visitor(context, web.base, f"/squads/{user.memberships.get().squad.slug}/workshops/")
    visitor.become(user)
    yield visitor.tab(visitor.address)
    shelf.put_back(context)


def test_a_whole_workshop_by_keys_alone(shelf: Shelf, web: Web, ada: User) -> None:
    with workshops_of(shelf, web, ada, DESK) as page:
        session.whole(Keys(page))

    assert Metric.objects.get().question == session.FLIGHT
    assert Workshop.objects.get().state == Workshop.State.CLOSED


def test_a_whole_workshop_by_a_finger_alone(shelf: Shelf, web: Web, ada: User) -> None:
    with workshops_of(shelf, web, ada, PHONE) as page:
        session.whole(Finger(page))

    assert Metric.objects.get().question == session.FLIGHT
    assert Workshop.objects.get().state == Workshop.State.CLOSED
