"""Gives every slot that has ended its refresh, exactly once, whatever ran before or runs beside."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from metrics.models import Query, Refresh
from metrics.models.sources import QueryQuerySet
from metrics.queue import chunks
from metrics.slots import DAY, Cadence, next_slot, slots_between

MANY = 50  # missed slots that become one back-fill, and waiting slots after which a query gets no more
AT_ONCE = 500
CLOCK_CHANGE = timedelta(hours=2)  # no day is shorter than that


def insert(now: datetime) -> int:
    """Insert the refreshes of all slots that are due, and move each query on; answer how many queries moved."""
    moved = 0
    after: int | None = 0
    while after is not None:
        some, after = insert_some(now, after)
        moved += some
    return moved


@transaction.atomic
def insert_some(now: datetime, after: int) -> tuple[int, int | None]:
    """How many of the next queries moved, and the last one's key where there may be more.

    A second tick that comes meanwhile passes over the queries that this one has locked.
    """
    some = due_queries(now).filter(pk__gt=after).order_by("pk").select_related("squad")
    asked = list(some.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    queries = [query for query in asked if insert_for(query, now)]
    Query.objects.bulk_update(queries, ["next_slot"])
    return len(queries), asked[-1].pk if len(asked) == AT_ONCE else None


def due_queries(now: datetime) -> QueryQuerySet:
    """Running queries whose next slot may have ended. One with many slots waiting is not given more to wait for."""
    waiting = (
        Refresh.objects.filter(query=OuterRef("pk"), backfill=None, state=Refresh.State.WAITING)
        .order_by()
        .values("query")
        .annotate(number=Count("pk"))
    )
    return Query.objects.alias(
        waiting=Coalesce(Subquery(waiting.values("number")), 0),
        due_at=ExpressionWrapper(F("next_slot") + F("grace") + shortest(), output_field=DateTimeField()),
    ).filter(is_running=True, next_slot__lt=now, due_at__lte=now, waiting__lt=MANY)


def shortest() -> Case:
    """The least time that a slot of the query's cadence lasts."""
    return Case(
        *[When(cadence=cadence, then=Value(least(cadence), output_field=DurationField())) for cadence in Cadence],
        output_field=DurationField(),
    )


def least(cadence: Cadence) -> timedelta:
    return cadence.length if cadence.length < DAY else cadence.length - CLOCK_CHANGE


def insert_for(query: Query, now: datetime) -> bool:
    """Insert what is due of one locked query; says whether there was any. The caller saves `next_slot`."""
    cadence, zone = Cadence(query.cadence), ZoneInfo(query.squad.zone)
    slots = list(slots_between(query.next_slot, now - query.grace, cadence, zone))
    if not slots:
        return False

    after = next_slot(slots[-1], cadence, zone)
    if len(slots) > MANY:
        chunks.back_fill(query, slots[0], after, now=now)
    else:
        ends = [*slots[1:], after]
        Refresh.objects.bulk_create(
            [
                Refresh(query=query, slot=slot, until=until, due_at=until + query.grace)
                for slot, until in zip(slots, ends, strict=True)
            ],
            ignore_conflicts=True,
        )
    query.next_slot = after
    return True
