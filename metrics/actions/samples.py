"""The one way in for numbers: pulled, typed or pasted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import DateTimeField, Func

from mdd.models import User
from metrics import hints, rollups
from metrics.arrays import array, texts
from metrics.models import Metric
from metrics.models.samples import Origin
from metrics.readings import Reading, merged
from metrics.slots import Cadence, next_slot


@dataclass(frozen=True)
class Kept:
    """How many readings were new, changed a value, or changed none."""

    new: int = 0
    changed: int = 0
    same: int = 0


class Slotted(NamedTuple):
    """What a reading's metric says about its slots."""

    is_timer: bool
    cadence: Cadence
    zone: ZoneInfo


@transaction.atomic
def keep(
    readings: Iterable[Reading], *, origin: Origin, taken_at: datetime, by: User | None = None, reason: str = ""
) -> Kept:
    """Store readings that were asked for (or typed in) at `taken_at`, with the roll-ups that they touch.

    A value that differs moves the old one to SampleRevision with who and why, unless both were pulled and the old
    one was taken before its slot had ended. What was taken later than `taken_at` stays. At most one reading for a
    metric, time and segment; 100 to 5,000 a call are fast. Raises ValueError for doubles.
    """
    incoming = list(readings)
    if len({(each.metric_id, each.at, each.segment) for each in incoming}) < len(incoming):
        raise ValueError("Two readings for the same metric, time and segment.")

    ids = {each.metric_id for each in incoming}
    hold(ids)
    metrics = slotted(ids)
    written = write(incoming, metrics, {"origin": origin, "taken_at": taken_at, "by": by and by.pk, "reason": reason})
    fold([incoming[number] for number, _, _ in written], metrics)
    mark_changed({incoming[number].metric_id for number, _, _ in written})
    new, changed = sum(is_new for _, is_new, _ in written), sum(is_other for _, _, is_other in written)
    return Kept(new, changed, len(incoming) - new - changed)


def hold(ids: Collection[int]) -> None:
    """Lock the metrics in the order of their ids, so that two writers wait for each other and never deadlock.

    This comes before anything is read, written or folded: under READ COMMITTED two writers of one hour would else each
    fold without the other's samples. Who changes a zone or a cadence waits for it too.
    """
    list(Metric.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def slotted(ids: Collection[int]) -> dict[int, Slotted]:
    rows = Metric.objects.filter(pk__in=ids).values_list(*SLOTTED)
    return {
        pk: Slotted(instrument == Metric.Instrument.TIMER, Cadence(cadence or by_hand), ZoneInfo(zone))
        for pk, instrument, cadence, by_hand, zone in rows
    }


def write(
    incoming: Sequence[Reading], metrics: Mapping[int, Slotted], how: Mapping[str, Any]
) -> list[tuple[int, bool, bool]]:
    """Store what is new or differs: its place in `incoming`, whether it is new, whether it took another's place."""
    spelled = {at: str(at) for at in {each.at for each in incoming}}
    columns: dict[str, Any] = {
        "metrics": array(each.metric_id for each in incoming),
        "ats": array(spelled[each.at] for each in incoming),
        "segments": texts(each.segment for each in incoming),
        "values": array(None if metrics[each.metric_id].is_timer else each.value for each in incoming),
        "weights": array(each.weight for each in incoming),
        "distributions": texts(distribution(each, metrics[each.metric_id]) for each in incoming),
        "ends": array(slot_end(each.at, metrics[each.metric_id]) for each in incoming),
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {**columns, **how})
        return list(cursor.fetchall())


def distribution(each: Reading, metric: Slotted) -> str | None:
    """As JSON. A timer's bare value is one thing timed."""
    counts = each.distribution
    if counts is None and each.value is not None and metric.is_timer:
        counts = {each.value: 1}
    return json.dumps(merged(counts)) if counts else None


@lru_cache(maxsize=20_000)
def slot_end(at: datetime, metric: Slotted) -> datetime:
    return next_slot(at, metric.cadence, metric.zone)


def fold(written: Sequence[Reading], metrics: Mapping[int, Slotted]) -> None:
    times: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    for each in written:
        times[each.metric_id, each.segment].append(each.at)
    periods = (rollups.periods_of(pk, segment, ats, metrics[pk].zone) for (pk, segment), ats in times.items())
    rollups.fold(
        chain.from_iterable(periods), timers=frozenset(pk for pk, metric in metrics.items() if metric.is_timer)
    )


def mark_changed(ids: Collection[int]) -> None:
    """Let pages that show these metrics know, in the caller's transaction."""
    now = Func(function="clock_timestamp", output_field=DateTimeField())
    Metric.objects.filter(pk__in=ids).update(changed_at=now)
    hints.of_metrics(ids)


SLOTTED = ("pk", "instrument", "query__cadence", "hand_cadence", "squad__zone")

KEEP = """
with incoming as (
    select * from unnest(
        %(metrics)s::bigint[], %(ats)s::timestamptz[], %(segments)s::text[], %(values)s::float8[],
        %(weights)s::float8[], %(distributions)s::jsonb[], %(ends)s::timestamptz[]
    ) with ordinality as reading (metric_id, at, segment, value, weight, distribution, slot_end, number)
), compared as (
    select reading.*, old.taken_at as old_taken_at, old.taken_at is null as is_new,
           old.taken_at is not null and (old.value, old.weight, old.distribution)
               is distinct from (reading.value, reading.weight, reading.distribution) as is_other,
           old.origin = 'pull' and %(origin)s = 'pull' and old.taken_at < reading.slot_end as was_provisional
    from incoming reading left join metrics_sample old using (metric_id, at, segment)
), accepted as (
    select * from compared
    where is_new or old_taken_at <= %(taken_at)s and (is_other or was_provisional)
), revised as (
    insert into metrics_samplerevision (metric_id, at, segment, value, weight, distribution, origin, taken_at, by_id,
                                        replaced_at, replaced_by_id, reason)
    select old.metric_id, old.at, old.segment, old.value, old.weight, old.distribution, old.origin, old.taken_at,
           old.by_id, now(), %(by)s, %(reason)s
    from accepted join metrics_sample old using (metric_id, at, segment)
    where is_other and not was_provisional
), kept as (
    insert into metrics_sample (metric_id, at, segment, value, weight, distribution, origin, taken_at, by_id)
    select metric_id, at, segment, value, weight, distribution, %(origin)s, %(taken_at)s, %(by)s
    from accepted where is_new
), replaced as (
    update metrics_sample old
    set value = reading.value, weight = reading.weight, distribution = reading.distribution,
        origin = %(origin)s, taken_at = %(taken_at)s, by_id = %(by)s
    from accepted reading
    where not is_new and (old.metric_id, old.at, old.segment) = (reading.metric_id, reading.at, reading.segment)
)
select number - 1, is_new, is_other from accepted
"""
