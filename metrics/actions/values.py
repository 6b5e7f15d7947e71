"""Values that people write down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mdd.actions import audit
from mdd.models import User
from metrics import hand
from metrics.actions import samples
from metrics.actions.samples import Kept
from metrics.models import Metric, Sample
from metrics.models.samples import Origin
from metrics.readings import Reading


class ReasonWanted(Exception):
    """A value would take another one's place, and nobody has said why. The message is a sentence for who typed it."""


def write_down(metric: Metric, *, day: date, value: float, reason: str, by: User) -> Kept:
    """Keep one number for the day or week that holds `day`. Raises ReasonWanted."""
    return keep(
        metric, [Reading(metric.pk, hand.slot_of(metric, day), value)], origin=Origin.HAND, reason=reason, by=by
    )


def paste(metric: Metric, readings: Sequence[Reading], *, reason: str, by: User) -> Kept:
    """Keep a pasted table, all of it or nothing. Raises ReasonWanted."""
    return keep(metric, readings, origin=Origin.CSV, reason=reason, by=by)


@transaction.atomic
def keep(metric: Metric, readings: Sequence[Reading], *, origin: Origin, reason: str, by: User) -> Kept:
    samples.hold([metric.pk])
    if not reason:
        ask_why(metric, readings)
    kept = samples.keep(readings, origin=origin, taken_at=timezone.now(), by=by, reason=reason)
    counts = {"new": kept.new, "changed": kept.changed, "same": kept.same}
    audit.record("values-kept", metric, by=by, squad=metric.squad, after=counts)
    return kept


def ask_why(metric: Metric, readings: Sequence[Reading]) -> None:
    """Raises ReasonWanted for the first value that would be corrected, and says how many more there are."""
    new = {reading.at: reading.value for reading in readings if not reading.segment}
    there = Sample.objects.filter(metric=metric, segment="", at__in=list(new)).order_by("at")
    other = [sample for sample in there if sample.value != new[sample.at]]
    if not other:
        return
    said = {"when": hand.spell(metric, other[0].at), "value": hand.exact(other[0].value, metric)}
    first = _("For %(when)s it says %(value)s.") % said
    more = ngettext("%(n)d more differs.", "%(n)d more differ.", len(other) - 1) % {"n": len(other) - 1}
    raise ReasonWanted(" ".join([first, *([more] if other[1:] else []), _("Say why the new number is right.")]))
