"""How many minutes a workshop was at each stage. A rest does not count: paused, or half an hour of silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from django.db.models import F, Window
from django.db.models.functions import Lag

from mdd.models import Event
from workshops.facts import MOVES
from workshops.models import Workshop

TURNS = (*MOVES, "workshop-paused")
RESTING = ("workshop-paused", "workshop-closed")
SILENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class Span:
    begin: datetime
    end: datetime

    def after(self, moment: datetime | None) -> Span:
        """What of it comes after a moment: what people do before they meet takes nobody's time."""
        return Span(min(max(self.begin, moment or self.begin), self.end), self.end)

    def within(self, other: Span) -> timedelta:
        """How much of it lies in the other one."""
        return max(min(self.end, other.end) - max(self.begin, other.begin), timedelta())


def minutes(workshops: Sequence[Workshop]) -> Mapping[int, Counter[str]]:
    """By workshop and stage. Three queries."""
    topics = {workshop.topic_id: workshop.pk for workshop in workshops}
    turns = Event.objects.filter(topic__in=topics, kind__in=TURNS).order_by("topic", "serial")
    ends = latest(topics)
    rests = silences(topics)
    meetings = {workshop.pk: workshop.meets_at for workshop in workshops}
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for topic, events in groupby(turns, key=lambda event: event.topic_id):
        for stage, stay in stays(list(events), ends[topic]):
            span = stay.after(meetings.get(topics[topic]))
            rested = sum((rest.within(span) for rest in rests[topic]), timedelta())
            found[topics[topic]][stage] += round((span.end - span.begin - rested) / timedelta(minutes=1))
    return found


def latest(topics: Mapping[int, int]) -> dict[int, datetime]:
    """When the last thing happened."""
    rows = Event.objects.filter(topic__in=topics).order_by("topic", "-serial").distinct("topic")
    return dict(rows.values_list("topic", "at"))


def silences(topics: Mapping[int, int]) -> dict[int, list[Span]]:
    """From one thing to the next, where that was long."""
    before = Window(Lag("at"), partition_by="topic", order_by="serial")
    rows = Event.objects.filter(topic__in=topics).annotate(before=before).filter(before__lt=F("at") - SILENCE)
    found: dict[int, list[Span]] = defaultdict(list)
    for topic, begin, end in rows.values_list("topic", "before", "at"):
        found[topic].append(Span(begin, end))
    return found


def stays(turns: Sequence[Event], end: datetime) -> Iterator[tuple[str, Span]]:
    """The stages that it went through, and when it was there and open."""
    stage = ""
    for turn, at in zip(turns, [*(later.at for _turn, later in pairwise(turns)), end], strict=True):
        stage = turn.payload.get("to") or turn.payload.get("stage") or stage
        if turn.kind not in RESTING:
            yield stage, Span(turn.at, at)
