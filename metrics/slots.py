"""When a metric is measured: the cadence cuts time into slots, each asked once.

A slot is named by its start and holds the half-open span up to the next start. Slots shorter than a day are counted
in UTC; days and weeks begin at midnight in the squad's zone, so a day may last 23 or 25 hours.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

DAY = timedelta(days=1)
EARLIEST = date(1970, 1, 1)  # nobody writes down older days: a year was mistyped


class Cadence(models.TextChoices):
    """How often a metric gets a value."""

    MINUTE = "minute", _("every minute")
    FIVE_MINUTES = "5-minutes", _("every 5 minutes")
    QUARTER = "15-minutes", _("every 15 minutes")
    HOUR = "hour", _("every hour")
    DAY = "day", _("every day")
    WEEK = "week", _("every week")

    @property
    def length(self) -> timedelta:
        """How long a slot lasts; a day of the clock change lasts an hour less or more."""
        return LENGTHS[self]


LENGTHS = {
    Cadence.MINUTE: timedelta(minutes=1),
    Cadence.FIVE_MINUTES: timedelta(minutes=5),
    Cadence.QUARTER: timedelta(minutes=15),
    Cadence.HOUR: timedelta(hours=1),
    Cadence.DAY: DAY,
    Cadence.WEEK: 7 * DAY,
}


def slot_at(at: datetime, cadence: Cadence, zone: ZoneInfo, week_start: int = 0) -> datetime:
    """The start (aware, UTC) of the slot that holds `at`."""
    if cadence.length < DAY:
        return datetime.fromtimestamp(
            at.timestamp() // cadence.length.total_seconds() * cadence.length.total_seconds(), UTC
        )

    day = at.astimezone(zone).date()
    if cadence is Cadence.WEEK:
        day -= (day.weekday() - week_start) % 7 * DAY
    return datetime.combine(day, time(), zone).astimezone(UTC)


def next_slot(slot: datetime, cadence: Cadence, zone: ZoneInfo) -> datetime:
    """The start of the slot after the one that starts at `slot`, which is also its end."""
    if cadence.length < DAY:
        return slot + cadence.length

    day = slot.astimezone(zone).date() + cadence.length
    return datetime.combine(day, time(), zone).astimezone(UTC)


def slots_between(start: datetime, end: datetime, cadence: Cadence, zone: ZoneInfo) -> Iterator[datetime]:
    """Every slot from the one that starts at `start` that ends no later than `end`."""
    slot = start
    while (after := next_slot(slot, cadence, zone)) <= end:
        yield slot
        slot = after
