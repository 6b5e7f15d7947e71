"""Hours and days of a metric, folded from its samples.

A period is a slot: hours are counted in UTC, days from midnight to midnight of the squad, 23 to 25 hours long.
Every fold reads all samples of its period again, so late and corrected ones need no care.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from metrics.arrays import array, texts
from metrics.models import Metric, Rollup, Sample
from metrics.slots import Cadence, next_slot, slot_at

GRAINS = {Rollup.Grain.HOUR: Cadence.HOUR, Rollup.Grain.DAY: Cadence.DAY}


class Period(NamedTuple):
    """One hour or day of one segment of a metric, from `start` up to `end`."""

    metric_id: int
    grain: str
    start: datetime
    end: datetime
    segment: str


def fold(periods: Iterable[Period], *, timers: frozenset[int]) -> None:
    """Compute these periods from their samples. The caller has locked the metrics; `timers` are those that time."""
    by_kind: dict[bool, list[Period]] = {False: [], True: []}
    for period in periods:
        by_kind[period.metric_id in timers].append(period)

    with connection.cursor() as cursor:
        for is_timer, some in by_kind.items():
            if some:
                cursor.execute(FOLD_TIMERS if is_timer else FOLD_VALUES, columns(some))


def columns(periods: Iterable[Period]) -> dict[str, str]:
    ids, grains, starts, ends, segments = zip(*periods, strict=True)
    return {
        "metric_id": array(ids),
        "grain": texts(grains),
        "start": array(starts),
        "end": array(ends),
        "segment": texts(segments),
    }


def periods_of(metric_id: int, segment: str, times: Iterable[datetime], zone: ZoneInfo) -> Iterator[Period]:
    """The hours and the days that samples of these times fall in, each once."""
    in_order = sorted(times, key=datetime.timestamp)
    for grain, cadence in GRAINS.items():
        for start, end in spans(in_order, cadence, zone):
            yield Period(metric_id, grain, start, end, segment)


def spans(in_order: Iterable[datetime], cadence: Cadence, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each slot that holds one of these times. A slot is reckoned once, however many it holds."""
    end = None
    for at in in_order:
        if end is None or at >= end:
            start, end = bounds(at, cadence, zone)
            yield start, end


def bounds(at: datetime, cadence: Cadence, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start = slot_at(at, cadence, zone)
    return start, next_slot(start, cadence, zone)


@transaction.atomic
def rebuild(metric: Metric) -> None:
    """Fold the whole history again, in the zone that the squad has now."""
    metric = Metric.objects.select_for_update(of=("self",), no_key=True).select_related("squad").get(pk=metric.pk)
    Rollup.objects.filter(metric=metric).delete()
    kept = defaultdict(list)
    for segment, at in Sample.objects.filter(metric=metric).values_list("segment", "at"):
        kept[segment].append(at)
    periods = (periods_of(metric.pk, segment, times, metric.zone) for segment, times in kept.items())
    fold(chain.from_iterable(periods), timers=frozenset({metric.pk} if metric.is_timer else ()))


PERIODS = """
from unnest(%(metric_id)s::bigint[], %(grain)s::text[], %(start)s::timestamptz[], %(end)s::timestamptz[],
            %(segment)s::text[]) as period (metric_id, grain, start, finish, segment)
join metrics_metric metric on metric.id = period.metric_id
"""

SAMPLES = """
select * from metrics_sample sample
where sample.metric_id = period.metric_id and sample.segment = period.segment
  and sample.at >= period.start and sample.at < period.finish
order by sample.at
"""

KEY = "metric_id, grain, start, segment"
FOLDED = "samples, count, total, weight, weighted, lowest, highest, first, last, distribution, reading, taken_at"

REPLACE = f"""
on conflict ({KEY}) do update set ({FOLDED}) = row({", ".join(f"excluded.{name}" for name in FOLDED.split(", "))})
"""

FOLD_VALUES = f"""
insert into metrics_rollup ({KEY}, {FOLDED})
select period.metric_id, period.grain, period.start, period.segment,
       folded.samples, folded.count, folded.total, folded.weight, folded.weighted, folded.lowest, folded.highest,
       folded.first, folded.last, null,
       case metric.statistic
           when 'sum' then folded.total
           when 'mean' then folded.weighted / nullif(folded.weight, 0)
           when 'last' then folded.last
           when 'min' then folded.lowest
           when 'max' then folded.highest
       end,
       folded.taken_at
{PERIODS}
cross join lateral (
    select count(*) as samples, count(value) as count, sum(value) as total,
           coalesce(sum(weight) filter (where value is not null), 0) as weight, sum(value * weight) as weighted,
           min(value) as lowest, max(value) as highest, max(taken_at) as taken_at,
           (array_agg(value) filter (where value is not null))[1] as first,
           (array_agg(value) filter (where value is not null))[count(value)] as last
    from ({SAMPLES}) sample
) folded
where folded.samples > 0
{REPLACE}
"""  # noqa: S608

# Nearest rank: the smallest bound that at least p percent of all things timed do not exceed. Never interpolated.
FOLD_TIMERS = f"""
insert into metrics_rollup ({KEY}, {FOLDED})
select period.metric_id, period.grain, period.start, period.segment,
       folded.samples, timed.count, timed.total, timed.count, timed.total, timed.lowest, timed.highest, null, null,
       timed.distribution,
       case metric.statistic
           when 'mean' then timed.total / nullif(timed.count, 0)
           when 'min' then timed.lowest
           when 'max' then timed.highest
           else timed.percentile
       end,
       folded.taken_at
{PERIODS}
cross join lateral (select count(*) as samples, max(taken_at) as taken_at from ({SAMPLES}) sample) folded
cross join lateral (
    select coalesce(sum(number), 0) as count, sum(bound * number order by bound) as total,
           min(bound) as lowest, max(bound) as highest, jsonb_object_agg(bound, number) as distribution,
           min(bound) filter (
               where up_to_here * 100 >= everything * substring(metric.statistic, '[0-9]+')::int
           ) as percentile
    from (
        select bound, number, sum(number) over (order by bound) as up_to_here, sum(number) over () as everything
        from (
            select entry.key::float8 as bound, sum(entry.value::bigint) as number
            from ({SAMPLES}) sample, jsonb_each_text(sample.distribution) entry
            group by 1
        ) by_bound
    ) ranked
) timed
where folded.samples > 0
{REPLACE}
"""  # noqa: S608
