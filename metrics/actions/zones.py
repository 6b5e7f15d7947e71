"""Letting a squad live by another clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from mdd.actions import audit
from mdd.models import Squad, User
from metrics import rollups
from metrics.actions import refreshes, samples
from metrics.models import Metric, Query, Refresh
from metrics.slots import DAY, Cadence, slot_at

ASKED_AGAIN = timedelta(days=90)


@dataclass(frozen=True)
class Clock:
    """What decides the squad's days and weeks."""

    zone: str
    week_start: int

    def cuts_as(self, other: Clock, cadence: Cadence) -> bool:
        """Whether slots of this cadence begin when they do by the other clock."""
        if cadence.length < DAY:
            return True
        return self.zone == other.zone and (self.week_start == other.week_start or cadence is not Cadence.WEEK)


def clock_of(squad: Squad) -> Clock:
    return Clock(squad.zone, squad.week_start)


@transaction.atomic
def move(squad: Squad, *, by: User, zone: str, week_start: int | None = None) -> None:
    """Give a squad another clock and fold all its roll-ups again, in one transaction.

    A value for a whole day keeps its date: it moves to the midnight that begins that date in the new zone. A value for
    a week moves to the week that shares most days with its own. Sources that had counted by the old slots are asked
    again for the last 90 days.
    """
    squad = Squad.objects.select_for_update(no_key=True).get(pk=squad.pk)
    before = clock_of(squad)
    after = Clock(zone, before.week_start if week_start is None else week_start)
    if before == after:
        return
    squad.zone, squad.week_start = after.zone, after.week_start
    squad.save(update_fields=["zone", "week_start"])

    queries = called_off(squad, [each for each in Cadence if not before.cuts_as(after, each)])
    samples.hold(Metric.objects.filter(squad=squad).values_list("pk", flat=True))
    shift(squad, before, after)
    audit.record("zone-changed", squad, by=by, squad=squad, before=vars(before), after=vars(after))
    for query in queries:
        ask_by_the_new_clock(query, before, squad, by)


def called_off(squad: Squad, cadences: Collection[Cadence]) -> list[Query]:
    """The queries with slots of these lengths, locked, with nothing left that has the old slots in it.

    What waits, runs or was given up is called off, and locked before its query, as everywhere. What a tick put in
    before the query was locked is called off after that.
    """
    queries = Query.objects.filter(squad=squad, cadence__in=cadences)
    call_off(queries)
    locked = list(queries.order_by("pk").select_for_update(no_key=True))
    call_off(queries)
    return locked


def call_off(queries: QuerySet[Query]) -> None:
    asked = Refresh.objects.filter(query__in=queries)
    old = asked.unfinished() | asked.filter(state=Refresh.State.DEAD)
    old.update(state=Refresh.State.CANCELLED, finished_at=timezone.now(), fence=None, lease_until=None)


def shift(squad: Squad, before: Clock, after: Clock) -> None:
    """Move what was measured, and what is asked for by mail, to the slots of the new clock."""
    metrics = list(Metric.objects.filter(squad=squad).select_related("squad", "query").order_by("pk"))
    days = [metric.pk for metric in metrics if metric.cadence.length == DAY]
    weeks = [metric.pk for metric in metrics if metric.cadence is Cadence.WEEK]
    keep_dates(days, before, after, 0)
    keep_dates(weeks, before, after, between_weeks(before.week_start, after.week_start))
    for metric in metrics:
        rollups.rebuild(metric)
    samples.mark_changed([metric.pk for metric in metrics])


def between_weeks(before: int, after: int) -> int:
    """Days from a week's first day to that of the new week which shares most days with it: three at most."""
    return (after - before + 3) % 7 - 3


def keep_dates(metric_ids: list[int], before: Clock, after: Clock, days: int) -> None:
    moved: dict[str, Any] = {"metrics": metric_ids, "before": before.zone, "after": after.zone, "days": days}
    with connection.cursor() as cursor:
        cursor.execute(MOVE, moved)
        cursor.execute(MOVE_ASKED, moved)


def ask_by_the_new_clock(query: Query, before: Clock, squad: Squad, by: User) -> None:
    now = timezone.now()
    query.next_slot = same_date(query, before, squad)
    query.save(update_fields=["next_slot"])
    refreshes.back_fill(query, now - ASKED_AGAIN, now, by=by)


def same_date(query: Query, before: Clock, squad: Squad) -> datetime:
    day = query.next_slot.astimezone(ZoneInfo(before.zone)).replace(tzinfo=squad.tz)
    return slot_at(day, Cadence(query.cadence), squad.tz, squad.week_start)


# Taken out sorted and all at once: where zones are 24 hours apart, each would else land on the next one's place.
MOVE = """
with moved as (
    delete from metrics_sample where metric_id = any (%(metrics)s::bigint[]) returning *
)
insert into metrics_sample (metric_id, at, segment, value, weight, distribution, origin, taken_at, by_id)
select metric_id, ((at at time zone %(before)s)::date + %(days)s)::timestamp at time zone %(after)s, segment, value,
       weight, distribution, origin, taken_at, by_id
from moved order by metric_id, at
"""

MOVE_ASKED = """
update metrics_delivery
set slot = ((slot at time zone %(before)s)::date + %(days)s)::timestamp at time zone %(after)s
where metric_id = any (%(metrics)s::bigint[])
"""
