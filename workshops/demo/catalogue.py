"""What the squad measures: twelve questions, the queries that answer them, and the goals set on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metrics.models import Metric
from metrics.slots import Cadence
from workshops.demo import aims
from workshops.demo.aims import OVER, RIPE, STANDING, YOUNG, Aim, Rule, Timing

QUERIES = Path(__file__).parent / "queries"
CADENCES = {
    "departures": Cadence.MINUTE,
    "arrivals": Cadence.FIVE_MINUTES,
    "arrival_delays": Cadence.QUARTER,
    "departure_delays": Cadence.QUARTER,
    "reach": Cadence.HOUR,
    "schedule": Cadence.HOUR,
    "dayparts": Cadence.HOUR,
}

UP, DOWN = Metric.Direction.UP, Metric.Direction.DOWN
COUNTER, GAUGE, TIMER = Metric.Instrument.COUNTER, Metric.Instrument.GAUGE, Metric.Instrument.TIMER
SUM, MEAN, LAST = Metric.Statistic.SUM, Metric.Statistic.MEAN, Metric.Statistic.LAST
P50, P90 = Metric.Statistic.P50, Metric.Statistic.P90


@dataclass(frozen=True)
class Entry:
    """One metric and its goal. `query` and `column` say where from, `expectation` whom it serves."""

    name: str
    question: str
    unit: str
    direction: Metric.Direction
    instrument: Metric.Instrument
    statistic: Metric.Statistic
    query: str
    column: str
    owner: str
    expectation: str
    definition: str
    why: str
    rule: Rule
    timing: Timing
    if_wrong: str

    @property
    def text(self) -> str:
        """The SELECT that answers it."""
        return text_of(self.query)

    @property
    def is_up(self) -> bool:
        return self.direction == UP

    @property
    def is_timer(self) -> bool:
        return self.instrument == TIMER

    @property
    def percent(self) -> int:
        """Which percentile of a timer is shown."""
        return int(self.statistic.removeprefix("p"))

    def aim(self, days: Iterable[float | None]) -> Aim:
        """Where the rule leads from these days, those left out on which nothing happened."""
        return self.rule(aims.worst_first((day for day in days if day is not None), is_up=self.is_up))


def text_of(query: str) -> str:
    return (QUERIES / f"{query}.sql").read_text()


USAGE = (
    Entry(
        name="Departures",
        question="How many flights do we send off?",
        unit="flights",
        direction=UP,
        instrument=COUNTER,
        statistic=SUM,
        query="departures",
        column="departures",
        owner="Jon",
        expectation="flown",
        definition="Flights that left JFK, LaGuardia or Newark, counted in the minute in which they left.",
        why="Everything else is measured in flights that leave. Fewer of them makes every share look better.",
        rule=aims.leap,
        timing=RIPE,
        if_wrong="ask the airlines which rotations they thinned out, and offer them the quiet hours",
    ),
    Entry(
        name="Miles flown",
        question="How far do our flights go in all?",
        unit="miles",
        direction=UP,
        instrument=COUNTER,
        statistic=SUM,
        query="reach",
        column="miles",
        owner="Jon",
        expectation="flown",
        definition="Distance to the destination, in statute miles, summed over the flights that left.",
        why="Long flights fill the seats that pay for the short ones.",
        rule=aims.leap,
        timing=OVER,
        if_wrong="look at which long routes were cut, and ask the airlines what would bring them back",
    ),
    Entry(
        name="Destinations",
        question="How many places can one fly to?",
        unit="places",
        direction=UP,
        instrument=GAUGE,
        statistic=LAST,
        query="reach",
        column="destinations",
        owner="Jon",
        expectation="flown",
        definition="Different airports for which a flight has left since midnight.",
        why="A region lives by the places that it reaches without a change of planes.",
        rule=aims.climb,
        timing=YOUNG,
        if_wrong="name the three places lost most often, and find out who could serve them",
    ),
    Entry(
        name="Schedule flown",
        question="How much of the schedule do we fly?",
        unit="%",
        direction=UP,
        instrument=GAUGE,
        statistic=MEAN,
        query="schedule",
        column="flown",
        owner="Ada",
        expectation="flown",
        definition="Of the flights whose scheduled departure has come, the share that was not cancelled.",
        why="People plan their day by the schedule. A flight that is not flown is a broken promise.",
        rule=aims.hold,
        timing=STANDING,
        if_wrong="open the storm plan: fewer flights, announced the evening before",
    ),
)

HEALTH = (
    Entry(
        name="Departure delay, p90",
        question="How late does the unlucky tenth leave?",
        unit="min",
        direction=DOWN,
        instrument=TIMER,
        statistic=P90,
        query="departure_delays",
        column="flights",
        owner="Sam",
        expectation="crews",
        definition="Nine of ten flights leave with at most this delay (nearest rank, whole minutes).",
        why="The long delays take gates, crews and planes away from the flights after them.",
        rule=aims.hold,
        timing=STANDING,
        if_wrong="keep two gates free after four in the afternoon",
    ),
    Entry(
        name="First wave on time",
        question="Does the first wave leave on time?",
        unit="%",
        direction=UP,
        instrument=GAUGE,
        statistic=MEAN,
        query="dayparts",
        column="morning",
        owner="Sam",
        expectation="crews",
        definition="Of the flights that leave from 5:00 to 8:59, the share that leaves less than 15 minutes late.",
        why="A late first wave is late all day: the same planes come back for the later flights.",
        rule=aims.climb,
        timing=YOUNG,
        if_wrong="bring de-icing and security staff in half an hour earlier",
    ),
    Entry(
        name="Evening on time",
        question="Do evening flights still leave on time?",
        unit="%",
        direction=UP,
        instrument=GAUGE,
        statistic=MEAN,
        query="dayparts",
        column="evening",
        owner="Sam",
        expectation="hours",
        definition="Of the flights that leave from 18:00 to midnight, the share that leaves less than 15 minutes late.",
        why="In the evening the delays of the whole day are paid for, and nobody can rebook to a later flight.",
        rule=aims.match,
        timing=OVER,
        if_wrong="move ten departures a day from the evening to noon, and see whether it helps",
    ),
    Entry(
        name="Made up in the air",
        question="Do we make up time on the way?",
        unit="min",
        direction=UP,
        instrument=GAUGE,
        statistic=MEAN,
        query="arrivals",
        column="made_up",
        owner="Ada",
        expectation="crews",
        definition="Delay at departure minus delay at arrival, in minutes, the mean of the flights that came down.",
        why="Slack in the timetable is bought with money. This says how much of it is left when it is needed.",
        rule=aims.leap,
        timing=RIPE,
        if_wrong="ask the airlines for the ten flights that lose most on the way, and give them more time",
    ),
)

BUSINESS = (
    Entry(
        name="Arrivals on time",
        question="Do passengers arrive on time?",
        unit="%",
        direction=UP,
        instrument=GAUGE,
        statistic=MEAN,
        query="arrivals",
        column="on_time",
        owner="Mia",
        expectation="on-time",
        definition="Of the flights that came down, the share less than 15 minutes late at the gate. Cancelled and "
        "diverted flights are not in it.",
        why="It is the one number that passengers compare airports by, and the rule by which airlines must report.",
        rule=aims.match,
        timing=RIPE,
        if_wrong="sit down with the three airlines that have most late arrivals, and agree on turnaround times",
    ),
    Entry(
        name="Arrival delay, median",
        question="How late is an ordinary flight?",
        unit="min",
        direction=DOWN,
        instrument=TIMER,
        statistic=P50,
        query="arrival_delays",
        column="flights",
        owner="Mia",
        expectation="on-time",
        definition="Half of the flights arrive with at most this delay (nearest rank, minutes; below 0 is early).",
        why="Shares hide how late is late. This is what most people live through.",
        rule=aims.hold,
        timing=STANDING,
        if_wrong="check the taxi times first: that is where ordinary days are lost",
    ),
    Entry(
        name="Arrival delay, p90",
        question="How late is the unlucky tenth?",
        unit="min",
        direction=DOWN,
        instrument=TIMER,
        statistic=P90,
        query="arrival_delays",
        column="flights",
        owner="Mia",
        expectation="bad-day",
        definition="Nine of ten flights arrive with at most this delay (nearest rank, whole minutes).",
        why="A missed connection is remembered longer than ten flights on time.",
        rule=aims.climb,
        timing=YOUNG,
        if_wrong="hold the last connections of the evening for ten minutes",
    ),
    Entry(
        name="Cancellations",
        question="How many flights never leave?",
        unit="flights",
        direction=DOWN,
        instrument=COUNTER,
        statistic=SUM,
        query="departures",
        column="cancellations",
        owner="Ada",
        expectation="flown",
        definition="Scheduled flights that never left, counted in the minute in which they should have.",
        why="A delay costs hours, a cancellation costs the journey.",
        rule=aims.climb,
        timing=YOUNG,
        if_wrong="ask for two spare planes with crews on the days for which a storm is forecast",
    ),
)

DASHBOARDS = (
    ("Business Performance", "Do passengers get what they paid for?", BUSINESS),
    ("System Health", "Does the day run as planned?", HEALTH),
    ("Usage", "How much do we fly?", USAGE),
)
ENTRIES = tuple(entry for _, _, entries in DASHBOARDS for entry in entries)
