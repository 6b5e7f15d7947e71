"""Numbers by hand: which value is wanted now, and what is there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from metrics import words
from metrics.models import Metric, Sample
from metrics.models.metrics import MetricQuerySet
from metrics.slots import DAY, Cadence, slot_at

IN_USE = (Metric.State.COLLECTING, Metric.State.ACTIVE)
SHOWN = 8


@dataclass(frozen=True)
class Ask:
    """The newest day or week of a metric that is over, its value if it has one, and the newest value before it."""

    metric: Metric
    slot: datetime
    sample: Sample | None
    last: Sample | None

    @property
    def is_missing(self) -> bool:
        return self.sample is None

    @property
    def day(self) -> date:
        return self.slot.astimezone(self.metric.zone).date()

    @property
    def when(self) -> str:
        return spell(self.metric, self.slot)

    @property
    def hint(self) -> str:
        """What it was the last time, to compare with."""
        if self.last is None or self.last.value is None:
            return ""
        said = {"value": exact(self.last.value, self.metric), "when": spell(self.metric, self.last.at)}
        return _("Last: %(value)s, %(when)s") % said


@dataclass(frozen=True)
class Line:
    """A value that is there, as people read it."""

    day: date
    when: str
    said: str
    by: str


def fed_by_hand() -> MetricQuerySet:
    """The metrics in use that wait for what people write down."""
    return Metric.objects.filter(query=None, state__in=IN_USE).select_related("squad", "owner")


def asks(metrics: Iterable[Metric], now: datetime) -> list[Ask]:
    """What is wanted of each metric, in their order. Two queries for any number of them."""
    return asks_for({metric: slot_before(metric, now) for metric in metrics})


def asks_for(slots: dict[Metric, datetime]) -> list[Ask]:
    """The same for slots that are known."""
    there = {sample.metric_id: sample for sample in samples_at(slots)}
    last = {sample.metric_id: sample for sample in newest([metric.pk for metric in slots])}
    return [Ask(metric, slot, there.get(metric.pk), last.get(metric.pk)) for metric, slot in slots.items()]


def samples_at(slots: dict[Metric, datetime]) -> QuerySet[Sample]:
    wanted = Q(pk__in=())
    for metric, slot in slots.items():
        wanted |= Q(metric=metric, at=slot)
    return Sample.objects.filter(wanted, segment="")


def value_at(metric: Metric, slot: datetime) -> Sample | None:
    return Sample.objects.filter(metric=metric, segment="", at=slot).first()


def newest(metric_ids: Sequence[int]) -> QuerySet[Sample]:
    rows = Sample.objects.filter(metric__in=metric_ids, segment="", value__isnull=False)
    return rows.order_by("metric", "-at").distinct("metric")


def slot_before(metric: Metric, now: datetime) -> datetime:
    """The newest slot that is over."""
    current = slot_at(now, metric.cadence, metric.zone, metric.squad.week_start)
    return slot_at(current - timedelta(microseconds=1), metric.cadence, metric.zone, metric.squad.week_start)


def slot_of(metric: Metric, day: date) -> datetime:
    """The slot that holds a day."""
    return slot_at(midnight(day, metric.zone), metric.cadence, metric.zone, metric.squad.week_start)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def spell(metric: Metric, slot: datetime) -> str:
    """The day or the week of a slot, as people say it."""
    first = slot.astimezone(metric.zone).date()
    if metric.cadence is not Cadence.WEEK:
        return formats.date_format(first, _("l, j F"))
    last = first + 6 * DAY
    start = formats.date_format(first, _("j") if first.month == last.month else _("j F"))
    return _("the week of %(first)s to %(last)s") % {"first": start, "last": formats.date_format(last, _("j F"))}


def exact(value: float | None, metric: Metric) -> str:
    """A number as it was written down, with its unit: who may correct it must see all of it."""
    if value is None:
        return _("nothing")
    return words.with_unit(value, metric.unit, places=words.EXACT)


def lately(metric: Metric) -> list[Line]:
    """The newest values of a metric, with who wrote them."""
    rows = Sample.objects.filter(metric=metric, segment="").select_related("by").order_by("-at")[:SHOWN]
    return [line(metric, sample) for sample in rows]


def line(metric: Metric, sample: Sample) -> Line:
    day = sample.at.astimezone(metric.zone).date()
    return Line(day, spell(metric, sample.at), exact(sample.value, metric), sample.by.name if sample.by else "")
