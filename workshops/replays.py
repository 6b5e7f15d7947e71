"""The board as it was: the board as it is, with what the log says taken back, the latest first.

Only what lies face up. An anonymous workshop's log does not say which cards were thrown face up, or worded anew, when:
they are there from the beginning, in the words of now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mdd import live
from mdd.models import Event, Expectation
from workshops.doings import REDONE, SECRET, UNDONE
from workshops.faces import Customer, Face, Person, Served
from workshops.happenings import Happening
from workshops.models import Bucket, Card, Participant, Workshop
from workshops.trails import Row, Rows, held, name

State = dict[str, Row]
"""Every row of the board that everybody sees, by its name."""


@dataclass(frozen=True)
class Moment:
    """Something that happened, to these cards. `until` is the last serial before the next moment.

    `who` is "" where nobody is named.
    """

    place: int
    serial: int
    until: int
    at: datetime
    said: str
    who: str
    cards: frozenset[int]


def present(workshop: Workshop) -> State:
    buckets = Bucket.objects.filter(workshop=workshop)
    cards = Card.objects.filter(workshop=workshop, is_revealed=True).order_by("pk")
    return {name(row): held(row) for row in (*buckets, *cards)}


def board_at(workshop: Workshop, serial: int) -> State:
    """The board right after this event, in two questions more than the board of now."""
    state = present(workshop)
    later = Event.objects.filter(topic=workshop.topic_id, serial__gt=serial, payload__has_key="rows")
    for rows in later.order_by("-serial").values_list("payload__rows", flat=True):
        take_back(state, rows)
    return state


def take_back(state: State, rows: Rows) -> None:
    """Let the board be as it was before these rows changed. What is not on the board is no part of it."""
    for each, (before, after) in rows.items():
        if before is None:
            state.pop(each, None)
        elif each in state:
            state[each] = {**state[each], **before}
        elif after is None and each.startswith(("card:", "bucket:")):
            state[each] = before


def moments(workshop: Workshop) -> list[Moment]:
    """What happened, the first first."""
    events = list(Event.objects.filter(topic=workshop.topic_id).order_by("serial"))
    told = [(event, said) for event, said in sentences(workshop, events) if said]
    ends = [*(event.serial - 1 for event, _said in told[1:]), events[-1].serial if events else 0]
    people = names(workshop)
    return [
        Moment(place, event.serial, until, moment(workshop, event), said, people.get(event.by, ""), touched(event))
        for place, ((event, said), until) in enumerate(zip(told, ends, strict=True), start=1)
    ]


def sentences(workshop: Workshop, events: Sequence[Event]) -> list[tuple[Event, str]]:
    """Each event in words, with the titles that buckets had then."""
    done = {str(event.operation): event for event in events}
    return list(reversed(list(walked(present(workshop), events, done))))


def walked(state: State, events: Sequence[Event], done: Mapping[str, Event]) -> Iterator[tuple[Event, str]]:
    for event in reversed(events):
        if not event.audience and event.kind not in SECRET:
            yield event, said_of(event, state, done)
        take_back(state, event.payload.get("rows", {}))


def said_of(event: Event, state: State, done: Mapping[str, Event]) -> str:
    if event.kind not in {UNDONE, REDONE}:
        return words(event, state)
    of = done.get(event.payload.get("of", ""))
    said = words(of, state) if of and of.kind not in SECRET else ""
    return Happening.turned(said, is_undone=event.kind == UNDONE) if said else ""


def words(event: Event, state: State) -> str:
    return Happening(event.kind, event.payload, event.payload.get("rows", {}), state).said


def number(each: str) -> int:
    return int(each.partition(":")[2])


def names(workshop: Workshop) -> dict[str, str]:
    """People by the key that the log has for them; none where nobody is named."""
    if workshop.is_anonymous:
        return {}
    rows = Participant.objects.filter(workshop=workshop).select_related("user")
    return {live.key_of(row.actor): row.short_name for row in rows}


def touched(event: Event) -> frozenset[int]:
    return frozenset(number(each) for each in event.payload.get("rows", {}) if each.startswith("card:"))


def moment(workshop: Workshop, event: Event) -> datetime:
    return event.at.replace(minute=0, second=0, microsecond=0) if workshop.is_anonymous else event.at


@dataclass(frozen=True)
class Place:
    """A bucket as it was called, with what lay in it."""

    pk: int
    title: str
    question: str
    cards: Sequence[Face]


@dataclass(frozen=True)
class Board:
    """What the board showed."""

    loose: Sequence[Face]
    buckets: Sequence[Place]
    parked: Sequence[Face]


def drawn(workshop: Workshop, state: State) -> Board:
    faces = faces_of(workshop, state)
    lying = [face for face in faces if not face.is_parked]
    rows = {number(each): row for each, row in state.items() if each.startswith("bucket:")}
    return Board(
        loose=[face for face in lying if face.bucket_id is None],
        buckets=[
            Place(pk, row["title"], row["question"], [face for face in lying if face.bucket_id == pk])
            for pk, row in sorted(rows.items(), key=lambda pair: (pair[1]["position"], pair[0]))
        ],
        parked=[face for face in faces if face.is_parked],
    )


def faces_of(workshop: Workshop, state: State) -> list[Face]:
    """The cards as they are drawn, in the order in which they were thrown."""
    cards = sorted(
        ((number(each), row) for each, row in state.items() if each.startswith("card:")), key=lambda pair: pair[0]
    )
    people = {row.pk: Person(row.short_name) for row in workshop.participants.select_related("user")}
    rows = Expectation.objects.filter(pk__in={row["expectation_id"] for _pk, row in cards}).select_related("customer")
    served = {row.pk: Served(row.pk, row.text, Customer(row.customer.text)) for row in rows}
    return [face(pk, row, people, served) for pk, row in cards]


def face(pk: int, row: Row, people: Mapping[Any, Person], served: Mapping[Any, Served]) -> Face:
    return Face(
        pk=pk,
        text=row["text"],
        kind=row["kind"],
        weight=row["weight"],
        state=row["state"],
        bucket_id=row["bucket_id"],
        reason=row["reason"],
        parked_until=date.fromisoformat(row["parked_until"]) if row["parked_until"] else None,
        participant=people.get(row["participant_id"]),
        expectation=served.get(row["expectation_id"]),
        alike=(),
    )
