"""Numbers, days and goals as people read them. Every figure that is said was computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor, log10
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mdd.models import Expectation
from metrics.models import Goal, Metric
from metrics.status import Status

THIN, HARD, MINUS = "\u202f", "\u00a0", "\u2212"
EXACT = 6  # decimals; more than anybody writes down
FAR = 300  # days: further away a date needs its year
ATTACHED = ("%", "‰", "°")
AIMS = {
    Goal.Form.REACH: gettext_lazy("reach %(mark)s"),
    Goal.Form.STAY_ABOVE: gettext_lazy("stay at or above %(mark)s"),
    Goal.Form.STAY_BELOW: gettext_lazy("stay at or below %(mark)s"),
}
CALM = {Status.MET, Status.ON_PACE, Status.QUIET}


def number(value: float, *, places: int | None = None) -> str:
    """Three digits that count, all digits of whole numbers, thin spaces between thousands."""
    digits = places_of(value) if places is None else places
    rounded = round(abs(value), digits)
    if rounded >= 1e15:
        return f"{value:.2e}"
    whole, _point, rest = f"{rounded:,.{digits}f}".replace(",", THIN).partition(".")
    rest = rest.rstrip("0")
    sign = MINUS if value < 0 and rounded else ""
    return sign + whole + (formats.get_format("DECIMAL_SEPARATOR") + rest if rest else "")


def places_of(value: float) -> int:
    """How many decimals leave three digits that count; none for a whole number."""
    if not value or value == int(value):
        return 0
    return min(max(2 - floor(log10(abs(value))), 0), 12)


def mark(value: float, unit: str = "") -> str:
    """A number that somebody set, with all the digits that were typed; with three where it was computed."""
    return with_unit(value, unit, places=places_of_mark(value))


def places_of_mark(value: float) -> int:
    """How many decimals a mark has: all that were typed, up to EXACT; of what was computed, those of a number."""
    typed = f"{value:.{EXACT}f}".rstrip("0").partition(".")[2] if is_typed(value) else ""
    return max(places_of(value), len(typed))


def is_typed(value: float) -> bool:
    """Whether six digits say it all: hardly anything that was computed is so short."""
    return float(f"{value:.6g}") == value


def beside(value: float, goal: Goal | None, unit: str = "") -> str:
    """A value as it is said where it is judged: with the decimals of its goal, and told apart from it."""
    marks = goal.ends if goal else ()
    places = max([places_of(value), *map(places_of_mark, marks)])
    return with_unit(value, unit, places=max([places, *(places_apart(value, each, places) for each in marks)]))


def places_apart(value: float, mark: float, places: int) -> int:
    """How many decimals tell a value from a typed mark that it would be rounded to; 0 where so many do."""
    distance = abs(value - mark)
    if not distance or not is_typed(mark) or round(value, places) != round(mark, places):
        return 0
    return min(-floor(log10(distance)), EXACT)


def gap(value: float, seen: float, mark: float) -> str:
    """A difference, with the decimals of the numbers that it lies between, or its own if they would hide it."""
    said = number(value, places=max(places_of(seen), places_of_mark(mark)))
    return number(value) if said == "0" and value else said


def with_unit(value: float, unit: str, *, places: int | None = None) -> str:
    """A number with its unit: % and degrees follow at once, others after a space that does not break."""
    said = number(value, places=places)
    return said + ("" if unit.startswith(ATTACHED) else HARD) + unit if unit else said


def apart(distance: float, unit: str) -> str:
    """A distance between two values with its unit: percentages lie points apart."""
    return _("%(number)s points") % {"number": number(distance)} if unit.startswith("%") else with_unit(distance, unit)


def day(when: date, today: date) -> str:
    """A day, with its year where one might guess the wrong one."""
    return formats.date_format(when, _("j M Y") if abs((when - today).days) > FAR else _("j M"))


def moment(when: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A time of today by the clock, another with its day, in the zone."""
    local, today = when.astimezone(zone), now.astimezone(zone).date()
    clock = formats.date_format(local, "H:i")
    return clock if local.date() == today else f"{day(local.date(), today)}, {clock}"


def aim(goal: Goal, metric: Metric) -> str:
    """What a goal asks for: "stay at or above 90%"."""
    if goal.upper is not None:
        span = {"low": mark(goal.target), "high": mark(goal.upper, metric.unit)}
        return _("stay between %(low)s and %(high)s") % span
    return AIMS[Goal.Form(goal.form)] % {"mark": mark(goal.target, metric.unit)}


class Judged(Protocol):
    """Something with an owner that has a status, or none where it has no goal."""

    @property
    def status(self) -> Status | None: ...

    @property
    def owner(self) -> str: ...


def lede(facts: Sequence[Judged]) -> str:
    """A dashboard in two sentences: how much is on it, and what of it needs somebody."""
    if not facts:
        return ""
    owners = len({fact.owner for fact in facts if fact.owner})
    whose = ngettext("%(n)d owner", "%(n)d owners", owners) % {"n": owners}
    size = ngettext("%(n)d number, %(whose)s.", "%(n)d numbers, %(whose)s.", len(facts)) % {
        "n": len(facts),
        "whose": whose,
    }
    return f"{size} {needs(facts)}"


def needs(facts: Sequence[Judged]) -> str:
    """What needs somebody, the worst first."""
    found = Counter(fact.status for fact in facts if fact.status not in CALM)
    if not found:
        return _("Nothing needs a hand.")
    parts = [f"{found[status]}{HARD}{status.label}" for status in Status if found[status]]
    parts += [f"{found[None]}{HARD}{_('without a goal')}"] if found[None] else []
    hands = ngettext("%(n)d needs a hand: %(which)s.", "%(n)d need a hand: %(which)s.", found.total())
    return hands % {"n": found.total(), "which": ", ".join(parts)}


@dataclass(frozen=True)
class Stop:
    """One stop on the way from a number up to what the squad delivers. `missing` is said where there is no text."""

    kind: str
    icon: str
    text: str = ""
    note: str = ""
    url: str = ""
    missing: str = ""


def short_name(metric: Metric) -> str:
    """The name of a metric, where it says something else than the beginning of the question."""
    return "" if metric.question.startswith(metric.name.rstrip("…")) else metric.name


def trace(metric: Metric, origin: Stop | None = None) -> list[Stop]:
    """From what it came from over the metric to the deliverable; no query where they came with the metric."""
    itself = Stop(_("Metric"), "chart-spline", metric.question, short_name(metric), metric.get_absolute_url())
    return [*([origin] if origin else []), itself, *above(metric.expectation)]


def above(expectation: Expectation | None) -> list[Stop]:
    """From an expectation over its customer to the deliverable."""
    icon = "message-circle-question-mark"
    if expectation is None:
        return [Stop(_("Expectation"), icon, missing=_("not linked yet"))]
    deliverable = expectation.deliverable
    return [
        Stop(_("Expectation"), icon, expectation.text, str(expectation.get_kind_display())),
        Stop(_("Customer"), "users", expectation.customer.text),
        Stop(_("Deliverable"), "package", deliverable.text, _("critical") if deliverable.is_critical else ""),
    ]
