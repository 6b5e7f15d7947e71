"""Whatever day the demo is loaded on, its goals show what goals can be."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest

from metrics.models import Goal, Source
from metrics.pace import Seen, pace
from metrics.status import Status
from workshops.demo import aims, measured
from workshops.demo import squad as loader
from workshops.demo.catalogue import ENTRIES, Entry
from workshops.demo.flights import CYCLE, ZONE

TODAY = datetime.now(tz=ZONE).date()
DAY = timedelta(days=1)
FOUR = {Status.MET, Status.ON_PACE, Status.OFF_PACE, Status.MISSED}
YEAR = [date(2027, 1, 1) + n * DAY for n in range(CYCLE.days)]

Values = Callable[[Entry, date], float | None]


@pytest.fixture
def values(source: Source) -> Values:
    """What each metric is on any day, from the last 364 days as the source tells them."""
    told = {entry.name: measured.days(source, entry, first=TODAY - CYCLE, last=TODAY) for entry in ENTRIES}
    return lambda entry, day: told[entry.name][(day - TODAY) % CYCLE // DAY]


def goal_of(entry: Entry, values: Values, loaded: date) -> Goal:
    start = entry.timing.start_day(loaded)
    window = [values(entry, start - n * DAY) for n in range(1, aims.WINDOW.days + 1)]
    return Goal(**asdict(loader.promise(entry, entry.aim(window), loaded)))


def status_of(entry: Entry, goal: Goal, values: Values, today: date) -> Status | None:
    return pace(goal, [Seen(today - n * DAY, values(entry, today - n * DAY)) for n in (2, 1)])


@pytest.mark.long
def test_met_on_pace_off_pace_and_missed_occur_whatever_day_it_is(values: Values) -> None:
    """Loaded on any day of the year: on that day, and on each day of the two weeks after it."""
    lacking: dict[tuple[date, int], set[Status]] = {}
    for loaded in YEAR:
        goals = [(entry, goal_of(entry, values, loaded)) for entry in ENTRIES]
        for age in range(15):
            statuses = {status_of(entry, goal, values, loaded + age * DAY) for entry, goal in goals}
            if not statuses >= FOUR:
                lacking[loaded, age] = FOUR - statuses

    assert lacking == {}
