"""Where a squad is in the loop, read from what happened. Nothing about it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mdd.models import Event, Squad
from metrics.models import Reassessment
from workshops.facts import Facts, facts_of
from workshops.models import Stage, Workshop


class Point(models.TextChoices):
    """The eight points of the loop, in their order."""

    DELIVER = "deliver", _("Deliver")
    CUSTOMERS = "customers", _("Customers")
    EXPECT = "expectations", _("Expect")
    MEET = "meeting", _("Meet?")
    BOARD = "board", _("Board")
    METRICS = "metrics", _("Metrics")
    DASHBOARDS = "dashboards", _("Dashboards")
    REASSESS = "reassess", _("Reassess")


QUESTIONS = (Point.DELIVER, Point.CUSTOMERS, Point.EXPECT, Point.MEET)
POINT_OF = {
    **{Stage(point): point for point in QUESTIONS},
    **dict.fromkeys((Stage.THROW, Stage.GROUP, Stage.PRUNE, Stage.FOCUS), Point.BOARD),
    Stage.WRAP_UP: Point.METRICS,
}
ORDER = {point: place for place, point in enumerate(Point)}
LONG_REST = timedelta(days=30)


@dataclass(frozen=True)
class Mark:
    """The squad arrived at a point."""

    at: datetime
    point: Point


@dataclass(frozen=True)
class Stretch:
    """One point of the loop: "done", "now" or "", and how long the squad was there in this round."""

    point: Point
    state: str
    spent: timedelta


@dataclass(frozen=True)
class Loop:
    """A squad's round. `days` counts from 1 on its first day, and is 0 before anything has begun."""

    squad: Squad
    stretches: Sequence[Stretch]
    days: int
    since: datetime | None
    workshop: Workshop | None
    is_in_workshop: bool
    waiting: int
    first_waiting: int | None
    prompts: Sequence[Reassessment]
    number_at: datetime | None

    @property
    def now(self) -> Stretch:
        return next(each for each in self.stretches if each.state == "now")

    @property
    def unfinished(self) -> Workshop | None:
        """The latest workshop, unless it is closed."""
        return None if self.workshop is None or self.workshop.state == Workshop.State.CLOSED else self.workshop


def loops_of(squads: QuerySet[Squad], now: datetime) -> list[Loop]:
    """The loops of these squads, in the order of the query set. Four queries, however many they are."""
    return [loop_of(facts) for facts in facts_of(squads, now)]


def loop_of(facts: Facts) -> Loop:
    here = point_of(facts)
    marks = sorted(marks_of(facts, here), key=lambda mark: mark.at)
    start = marks[0].at if marks else None
    zone = facts.squad.tz
    return Loop(
        squad=facts.squad,
        stretches=list(stretches(facts, here, marks)),
        days=(facts.now.astimezone(zone).date() - start.astimezone(zone).date()).days + 1 if start else 0,
        since=max((mark.at for mark in marks if mark.point == here), default=None),
        workshop=facts.workshop,
        is_in_workshop=is_under_way(facts),
        waiting=facts.waiting,
        first_waiting=facts.first_waiting,
        prompts=facts.prompts,
        number_at=facts.first["number"],
    )


def is_under_way(facts: Facts) -> bool:
    """Whether the latest workshop says where the squad is.

    Not once it is closed, nor once all its survivors are metrics, nor while it rests so long that numbers went ahead.
    """
    workshop = facts.workshop
    if workshop is None or workshop.state == Workshop.State.CLOSED:
        return False
    if not workshop.is_open and facts.first["tile"] and workshop.stage_since < facts.now - LONG_REST:
        return False
    return workshop.stage != Stage.WRAP_UP or facts.waiting > 0 or facts.adopted == 0


def point_of(facts: Facts) -> Point:
    """Where the squad is now: at its workshop's stage, else where what it has leads to."""
    if facts.workshop and is_under_way(facts):
        return POINT_OF[Stage(facts.workshop.stage)]
    reached = (
        (facts.prompts, Point.REASSESS),
        (facts.first["tile"] or facts.first["goal"], Point.DASHBOARDS),
        (facts.first["metric"] or facts.waiting, Point.METRICS),
        (facts.first["finding"], Point.BOARD),
        (facts.first["expectation"], Point.MEET),
        (facts.first["customer"], Point.EXPECT),
        (facts.first["deliverable"], Point.CUSTOMERS),
    )
    return next((point for fact, point in reached if fact), Point.DELIVER)


def stretches(facts: Facts, here: Point, marks: Sequence[Mark]) -> Iterator[Stretch]:
    spent = dict.fromkeys(Point, timedelta())
    for mark, after in pairwise([*marks, Mark(facts.now, here)]):
        spent[mark.point] += max(after.at - mark.at, timedelta())
    finished = done(facts, here)
    for point in Point:
        state = "now" if point == here else "done" if point in finished else ""
        yield Stretch(point, state, spent[point] if state else timedelta())


def done(facts: Facts, here: Point) -> set[Point]:
    """The points that the squad has something to show for; in a workshop, those that it has been to."""
    visited = {POINT_OF[Stage(event.payload["from"])] for event in facts.moves if event.kind == "stage-moved"}
    has = {
        Point.DELIVER: facts.first["deliverable"],
        Point.CUSTOMERS: facts.first["customer"],
        Point.EXPECT: facts.first["expectation"],
        Point.MEET: facts.first["finding"],
        Point.METRICS: facts.first["goal"],
        Point.DASHBOARDS: facts.first["tile"],
        Point.REASSESS: ruled(facts),
    }
    known = {point for point, fact in has.items() if fact}
    if is_under_way(facts):
        known = {point for point in known if ORDER[point] < ORDER[here]}
    return known | visited


def ruled(facts: Facts) -> datetime | None:
    """The last ruling of this round."""
    ruling = facts.first["ruling"]
    is_older = ruling and facts.workshop and ruling < facts.workshop.started_at
    return None if is_older else ruling


def marks_of(facts: Facts, here: Point) -> Iterator[Mark]:
    """When the squad arrived where, in this round."""
    yield from walked(facts.moves, here) if facts.workshop else written(facts)
    if is_under_way(facts):
        return
    ended = facts.moves[-1].at if facts.moves else None
    later = (
        (facts.first["tile"] or facts.first["goal"], Point.DASHBOARDS),
        (facts.first["asked"] if ruled(facts) else None, Point.REASSESS),
        (ruled(facts), Point.DASHBOARDS),
        (facts.prompts[0].opened_at if facts.prompts else None, Point.REASSESS),
    )
    yield from (Mark(max(at, ended) if ended else at, point) for at, point in later if at)


def walked(moves: Sequence[Event], here: Point) -> Iterator[Mark]:
    """Through a workshop: at each move to where it led, and after its close at its metrics, if it came that far."""
    after = Point.METRICS if ORDER[here] > ORDER[Point.METRICS] else here
    stage = Stage.DELIVER
    for event in moves:
        stage = Stage(event.payload.get("to") or event.payload.get("stage") or stage)
        yield Mark(event.at, after if event.kind == "workshop-closed" else POINT_OF[stage])


def written(facts: Facts) -> Iterator[Mark]:
    """Without a workshop: each answer led on to the next question, unless there were numbers before it."""
    numbers = facts.first["tile"] or facts.first["goal"] or facts.now
    led = (
        ("deliverable", Point.CUSTOMERS),
        ("customer", Point.EXPECT),
        ("expectation", Point.MEET),
        ("finding", Point.BOARD),
        ("metric", Point.METRICS),
    )
    for name, point in led:
        at = facts.first[name]
        if at and at <= numbers:
            yield Mark(at, point)
