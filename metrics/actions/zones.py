"""Letting a squad live by another clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from mdd.actions import audit
from mdd.models import Squad, User
from metrics import rollups
from metrics.actions import refreshes, samples
from metrics.models import Metric, Query, Refresh
from metrics.slots import DAY, Cadence, slot_at

ASKED_AGAIN = timedelta(days=90)


@transaction.atomic
def move(squad: Squad, *, zone: str, by: User) -> None:
    """Give a squad another time zone and fold all its roll-ups again, in one transaction.

    A value for a whole day or week keeps its date: it moves to the midnight that begins that date in the new zone.
    Sources that had counted by the old midnights are asked again for the last 90 days.
    """
    samples.hold(Metric.objects.filter(squad=squad).values_list("pk", flat=True))
    squad = Squad.objects.select_for_update(no_key=True).get(pk=squad.pk)
    before, squad.zone = squad.zone, zone
    squad.save(update_fields=["zone"])

    metrics = list(Metric.objects.filter(squad=squad).select_related("squad", "query").order_by("pk"))
    keep_dates([metric.pk for metric in metrics if metric.cadence.length >= DAY], before, zone)
    for metric in metrics:
        rollups.rebuild(metric)
    samples.mark_changed([metric.pk for metric in metrics])
    audit.record("zone-changed", squad, by=by, squad=squad, before={"zone": before}, after={"zone": zone})
    for query in Query.objects.filter(squad=squad).order_by("pk"):
        if Cadence(query.cadence).length >= DAY:
            ask_by_the_new_clock(query, before, squad, by)


def keep_dates(metric_ids: list[int], before: str, after: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE, {"metrics": metric_ids, "before": before, "after": after})


def ask_by_the_new_clock(query: Query, before: str, squad: Squad, by: User) -> None:
    """What waits or runs has the old midnights in it: it is called off, and asked again with the new ones."""
    now = timezone.now()
    asked = Refresh.objects.filter(query=query).unfinished()
    asked.update(state=Refresh.State.CANCELLED, finished_at=now, fence=None, lease_until=None)
    query.next_slot = same_date(query, before, squad)
    query.save(update_fields=["next_slot"])
    refreshes.back_fill(query, now - ASKED_AGAIN, now, by=by)


def same_date(query: Query, before: str, squad: Squad) -> datetime:
    day = query.next_slot.astimezone(ZoneInfo(before)).replace(tzinfo=squad.tz)
    return slot_at(day, Cadence(query.cadence), squad.tz, squad.week_start)


# Taken out sorted and all at once: where zones are 24 hours apart, each would else land on the next one's place.
MOVE = """
with moved as (
    delete from metrics_sample where metric_id = any (%(metrics)s::bigint[]) returning *
)
insert into metrics_sample (metric_id, at, segment, value, weight, distribution, origin, taken_at, by_id)
select metric_id, (at at time zone %(before)s)::date::timestamp at time zone %(after)s, segment, value, weight,
       distribution, origin, taken_at, by_id
from moved order by metric_id, at
"""
