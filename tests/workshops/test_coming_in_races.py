"""Many at the door at once: one guest for each form, one name for each guest, and no guess too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from mdd.models import Squad, User
from mdd.tries import Tries
from tests.races import alone
from workshops.actions import guests, workshops
from workshops.models import Participant

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_that_is_sent_eight_times_at_once_makes_one_guest(squad: Squad, ada: User) -> None:
    workshop, key = workshops.start(squad, title="Spring", path="whole", by=ada), uuid4()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: alone(lambda: guests.come_in(workshop, name="Sam", operation=key)), range(8)))

    assert len({guest.pk for guest in made}) == 1


def test_eight_of_one_name_at_once_have_eight_names(squad: Squad, ada: User) -> None:
    workshop = workshops.start(squad, title="Spring", path="whole", by=ada)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: alone(lambda: guests.come_in(workshop, name="Sam", operation=uuid4())), range(8)))

    names = set(Participant.objects.exclude(name="").values_list("name", flat=True))
    assert names == {"Sam", *(f"Sam {number}" for number in range(2, 9))}


def test_misses_at_the_same_time_are_counted_one_by_one() -> None:
    tries = Tries("test", most=8, seconds=60)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: alone(lambda: tries.miss("192.0.2.7")), range(8)))

    assert tries.are_used_up("192.0.2.7")
    assert not tries.are_used_up("192.0.2.8")
