"""Values that people write down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from mdd.actions import audit
from mdd.models import User
from metrics.actions import samples
from metrics.actions.samples import Kept
from metrics.models import Metric
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.slots import slot_at


def write_down(metric: Metric, *, day: date, value: float, reason: str, by: User) -> Kept:
    """Keep one number for the day or week that holds `day`."""
    midnight = datetime.combine(day, time(), metric.zone)
    at = slot_at(midnight, metric.cadence, metric.zone, metric.squad.week_start)
    return keep(metric, [Reading(metric.pk, at, value)], origin=Origin.HAND, reason=reason, by=by)


def paste(metric: Metric, readings: Sequence[Reading], *, reason: str, by: User) -> Kept:
    """Keep a pasted table, all of it or nothing."""
    return keep(metric, readings, origin=Origin.CSV, reason=reason, by=by)


@transaction.atomic
def keep(metric: Metric, readings: Sequence[Reading], *, origin: Origin, reason: str, by: User) -> Kept:
    kept = samples.keep(readings, origin=origin, taken_at=timezone.now(), by=by, reason=reason)
    counts = {"new": kept.new, "changed": kept.changed, "same": kept.same}
    audit.record("values-kept", metric, by=by, squad=metric.squad, after=counts)
    return kept
