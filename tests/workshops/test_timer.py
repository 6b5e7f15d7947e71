"""The clock of a stage: everybody sees the same, by the server's clock."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from mdd.models import Event
from tests.workshops.posting import post, send
from workshops import timer
from workshops.actions import timers
from workshops.actions import workshops as actions
from workshops.models import Participant, Workshop

BOX = 8  # minutes of the first stage


def minutes_left(workshop: Workshop) -> int:
    """To the nearest, for a test takes its time too."""
    workshop.refresh_from_db()
    clock = timer.of(workshop, BOX)
    left = (clock.ends_at - timezone.now()).total_seconds() if clock.ends_at else clock.left or 0
    return round(left / 60)


def began(workshop: Workshop, minutes: int) -> None:
    """Let the stage have begun so long ago."""
    Workshop.objects.update(stage_since=timezone.now() - timedelta(minutes=minutes))
    workshop.refresh_from_db()


def test_a_stage_begins_with_its_whole_box(workshop: Workshop) -> None:
    assert minutes_left(workshop) == BOX


def test_the_page_says_when_it_ends_without_a_script(as_vic: Client, workshop: Workshop) -> None:
    assert "8 min, until " in as_vic.get(workshop.get_absolute_url()).content.decode()


def test_no_clock_runs_where_the_workshop_is_closed(as_ada: Client, workshop: Workshop) -> None:
    assert "8 min" not in post(as_ada, "change-state", workshop, to="closed").content.decode()
    assert "8 min, until " in post(as_ada, "change-state", workshop, to="open").content.decode()


@pytest.mark.parametrize("minutes", [1, 5])
def test_more_minutes_come_on_top(as_ada: Client, workshop: Workshop, minutes: int) -> None:
    began(workshop, 3)

    page = post(as_ada, "add-time", workshop, minutes=minutes).content.decode()

    assert minutes_left(workshop) == BOX - 3 + minutes
    assert f"{BOX + minutes} min, until " in page


def test_a_box_that_is_over_gets_its_minutes_from_now_on(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 30)

    send(as_ada, "add-time", workshop, minutes=5)

    assert minutes_left(workshop) == 5


def test_pressing_twice_by_one_operation_adds_once(as_ada: Client, workshop: Workshop) -> None:
    operation = uuid4()

    for _ in range(2):
        send(as_ada, "add-time", workshop, minutes=1, operation=operation)

    assert minutes_left(workshop) == BOX + 1


def test_two_people_who_add_a_minute_add_two(workshop: Workshop, ada_in: Participant) -> None:
    for _ in range(2):
        timers.add(workshop, minutes=1, by=ada_in, operation=uuid4())

    assert minutes_left(workshop) == BOX + 2


def test_a_clock_that_is_stopped_keeps_what_is_left(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 3)

    page = post(as_ada, "rest-clock", workshop, rests="on").content.decode()
    Workshop.objects.update(stage_since=timezone.now() - timedelta(hours=2))

    assert "5 of 8 min left" in page
    assert minutes_left(workshop) == 5


def test_a_stopped_clock_takes_more_minutes_and_goes_on_with_them(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 3)
    send(as_ada, "rest-clock", workshop, rests="on")

    send(as_ada, "add-time", workshop, minutes=1)
    stopped = minutes_left(workshop)
    send(as_ada, "rest-clock", workshop)

    assert (stopped, minutes_left(workshop)) == (6, 6)
    assert workshop.timer_paused_left is None


def test_stopping_what_is_stopped_is_no_news(workshop: Workshop, ada_in: Participant) -> None:
    for _ in range(2):
        timers.rest(workshop, rests=True, by=ada_in, operation=uuid4())

    assert Event.objects.filter(topic=workshop.topic, kind="timer-rests").count() == 1


def test_the_clock_of_a_late_stage_stops_at_nothing(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 30)

    send(as_ada, "rest-clock", workshop, rests="on")

    assert minutes_left(workshop) == 0


def test_the_next_stage_begins_its_own_box(workshop: Workshop, ada_in: Participant) -> None:
    timers.add(workshop, minutes=5, by=ada_in, operation=uuid4())
    timers.rest(workshop, rests=True, by=ada_in, operation=uuid4())

    actions.move(workshop, seen="deliver", to="meeting", by=ada_in, operation=uuid4())

    assert minutes_left(workshop) == 8  # this stage has eight, too
    assert timer.of(workshop, 8).ends_at


def test_a_pause_of_the_workshop_stops_the_clock_and_resuming_goes_on(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 3)

    send(as_ada, "change-state", workshop, to="paused")
    rested = minutes_left(workshop)
    send(as_ada, "change-state", workshop, to="open")

    assert (rested, minutes_left(workshop)) == (5, 5)
    assert timer.of(workshop, BOX).ends_at


def test_what_rests_with_no_time_left_begins_its_box_anew(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 30)

    send(as_ada, "change-state", workshop, to="paused")
    send(as_ada, "change-state", workshop, to="open")

    assert minutes_left(workshop) == BOX


def test_resuming_what_runs_changes_nothing(as_ada: Client, workshop: Workshop) -> None:
    began(workshop, 3)

    send(as_ada, "change-state", workshop, to="open")

    assert minutes_left(workshop) == 5


@pytest.mark.parametrize(("route", "fields"), [("add-time", {"minutes": 5}), ("rest-clock", {"rests": "on"})])
def test_only_who_facilitates_has_the_clock(
    as_mia: Client, workshop: Workshop, route: str, fields: dict[str, object]
) -> None:
    page = post(as_mia, route, workshop, **fields).content.decode()

    assert "Only a facilitator can do that." in page
    assert minutes_left(workshop) == BOX


@pytest.mark.parametrize("minutes", ["", "2", "-5"])
def test_a_strange_number_of_minutes_is_refused(as_ada: Client, workshop: Workshop, minutes: str) -> None:
    page = post(as_ada, "add-time", workshop, minutes=minutes).content.decode()

    assert "was out of date" in page
    assert minutes_left(workshop) == BOX
