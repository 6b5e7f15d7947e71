"""Each page speaks of the days of the squad that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mdd.models import Squad, User
from tests import builders
from workshops.actions import workshops

LATE = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "day"), [("America/New_York", "10 Mar 2026"), ("Asia/Tokyo", "11 Mar 2026")])
def test_a_day_on_a_page_is_a_day_of_the_squad(
    db: None, client_of: Callable[[User], Client], zone: str, day: str
) -> None:
    squad = builders.make_squad(zone=zone)
    ada = builders.make_member(squad)
    workshop = workshops.start(squad, title="Spring", path="alone", by=ada)
    type(workshop).objects.update(started_at=LATE)

    page = client_of(ada).get(reverse("workshops:workshops", args=[squad.slug])).content.decode()

    assert day in page


def test_the_next_page_knows_nothing_of_it(as_mia: Client, squad: Squad) -> None:
    assert as_mia.get(squad.get_absolute_url()).status_code == 200

    assert timezone.get_current_timezone_name() == "UTC"
