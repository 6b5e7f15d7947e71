"""The one true sentence of a tile. It says only what was computed."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics import pace, words
from metrics.models import Goal, Metric
from metrics.pace import Seen
from metrics.slots import Cadence
from metrics.sources.retelling import retold
from metrics.standing import Standing
from metrics.status import Status

WEEK = 7
# Values that make a trend. A young goal's slope is that of its weekdays: two weeks have each of them twice.
DAYS_OF_A_TREND, WEEKS_OF_A_TREND = 14, 4


def sentence(now: Standing) -> str:
    """Why a metric has the status that it has, in plain words."""
    if now.metric.state == Metric.State.RETIRED:
        return _("Retired. Nothing new is collected.")
    match now.status:
        case Status.ERROR:
            return broken(now)
        case Status.STALE:
            return silent(now)
        case Status.NO_DATA:
            return empty(now)
    return of_goal(now, now.goal, now.last) if now.goal and now.last else _("It has no goal yet.")


def broken(now: Standing) -> str:
    parts = [retold(now.metric.trouble), last_known(now)]
    return " ".join(part for part in parts if part)


def last_known(now: Standing) -> str:
    query = now.metric.query
    if query is None or query.answered_at is None:
        return _("It has never answered.")
    return _("Last answer: %(when)s.") % {"when": words.moment(query.answered_at, now.rhythm.zone, now.now)}


def silent(now: Standing) -> str:
    """Since when nothing has come in, and why, as far as that is known."""
    query = now.metric.query
    if query is None or query.answered_at is None:
        return overdue(now)
    since = _("No answer since %(when)s.") % {"when": words.moment(query.answered_at, now.rhythm.zone, now.now)}
    why = retold(now.metric.trouble) or _("It is expected %(often)s.") % {"often": now.rhythm.cadence.label}
    return f"{since} {why}"


def overdue(now: Standing) -> str:
    if now.last_value is None:
        return empty(now)
    last = now.rhythm.first_day(now.last_value)
    days = {
        "wanted": words.day(last + now.rhythm.length, now.today),
        "last": words.day(last, now.today),
    }
    if now.rhythm.length > timedelta(days=1):
        return _("The value for the week of %(wanted)s is overdue. The last one is for the week of %(last)s.") % days
    return _("The value for %(wanted)s is overdue. The last one is for %(last)s.") % days


def empty(now: Standing) -> str:
    """Nothing yet, or nothing in the last period."""
    if now.last_value is None:
        return f"{_('No data yet.')} {expectation(now)}"
    if now.last is None:
        return _("No full period yet.")
    named = {"day": words.day(now.last.day, now.today)}
    if now.was_asked:
        return _("No data for %(day)s: the source was asked and had nothing to tell.") % named
    return _("No data for %(day)s.") % named


def expectation(now: Standing) -> str:
    """Where the first value will come from."""
    query, often = now.metric.query, now.rhythm.cadence.label
    if query is None:
        return _("A value is written down by hand %(often)s.") % {"often": often}
    if now.metric.trouble:
        return retold(now.metric.trouble)
    return _("%(source)s is asked %(often)s.") % {"source": query.source.name, "often": often}


def of_goal(now: Standing, goal: Goal, last: Seen) -> str:
    value = last.value or 0.0
    return to_reach(now, goal, last.day, value) if pace.is_to_reach(goal) else to_stay(now, goal, last, value)


def to_reach(now: Standing, goal: Goal, day: date, value: float) -> str:
    named = {"target": words.mark(goal.target), "due": words.day(goal.due, now.today)}
    if pace.is_met(goal, value):
        return f"{for_so_long(now, goal)} {_('The goal: %(target)s by %(due)s.') % named}"
    named["short"] = words.gap(pace.distance(goal, value), value, goal.target)
    if now.pace is Status.MET:
        below, beyond = (
            _("Now it is %(short)s short of %(target)s."),
            _("Now it is %(short)s above the goal of %(target)s."),
        )
        return f"{met_when_due(now)} {(below if value < goal.target else beyond) % named}"
    if now.pace is Status.MISSED:
        return _("Missed by %(short)s: the goal was %(target)s by %(due)s.") % named
    short, above = (
        _("%(short)s short of %(target)s by %(due)s."),
        _("%(short)s above the goal of %(target)s by %(due)s."),
    )
    return f"{(short if value < goal.target else above) % named} {course(now, goal, day, value)}"


def course(now: Standing, goal: Goal, day: date, value: float) -> str:
    """How fast it would have to move, and how fast it does as soon as that can be told."""
    left, missing = (goal.due - day).days, goal.target - value
    if left < WEEK:
        days = ngettext("%(n)d day", "%(n)d days", left) % {"n": left}
        return _("%(needs)s in %(days)s.") % {"needs": move(missing, fitting(missing, goal.target)), "days": days}

    enough = WEEKS_OF_A_TREND if now.rhythm.cadence is Cadence.WEEK else DAYS_OF_A_TREND
    needed, slope = missing / left * WEEK, pace.slope(goal, now.closed, enough)
    places = fitting(needed, goal.target)
    needs = move(needed, places)
    if slope is None:
        return _("Needs %(needs)s a week.") % {"needs": needs}
    if round(slope * WEEK, places) == 0:
        return _("Running level, needs %(needs)s a week.") % {"needs": needs}
    return _("Running %(runs)s a week, needs %(needs)s.") % {"runs": move(slope * WEEK, places), "needs": needs}


def fitting(change: float, mark: float) -> int:
    """How many decimals a change wants: those of the target, and at least enough to be seen."""
    seen = 1 if 0.95 <= abs(change) < 10 else words.places_of(change) - 2
    return max(seen, words.places_of_mark(mark))


def move(change: float, places: int) -> str:
    sign = words.MINUS if change < 0 else "+"
    return sign + words.number(abs(change), places=places)


def to_stay(now: Standing, goal: Goal, last: Seen, value: float) -> str:
    named = {"aim": kept_to(goal), "due": words.day(goal.due, now.today)}
    aim = _("The goal: stay %(aim)s until %(due)s.") % named
    if pace.is_met(goal, value):
        return f"{for_so_long(now, goal)} {aim}"
    end = goal.target if value < goal.target or goal.upper is None else goal.upper
    named |= {
        "off": words.gap(pace.distance(goal, value), value, end),
        "side": _("below") if value < goal.target else _("above"),
        "mark": words.mark(end),
        "day": words.day(last.day, now.today),
    }
    if now.pace is Status.MISSED:
        return _("Missed: %(off)s %(side)s %(mark)s on %(day)s. The goal was to stay %(aim)s until %(due)s.") % named
    once = _("%(off)s %(side)s %(mark)s on %(day)s.") % named
    if now.pace is Status.MET:
        return f"{met_when_due(now)} {once} {aim}"
    return f"{once} {in_a_row(now, goal)}".strip()


def met_when_due(now: Standing) -> str:
    """On which day it was judged, where it was met then and is no longer."""
    return _("Met on %(day)s.") % {"day": words.day(now.at_due.day, now.today)} if now.at_due else ""


def kept_to(goal: Goal) -> str:
    low = words.mark(goal.target)
    if goal.upper is not None:
        return _("between %(low)s and %(high)s") % {"low": low, "high": words.mark(goal.upper)}
    return (_("at or below %(mark)s") if goal.form == Goal.Form.STAY_BELOW else _("at or above %(mark)s")) % {
        "mark": low
    }


def in_a_row(now: Standing, goal: Goal) -> str:
    """How often it did not hold, where that is more than once."""
    times = pace.broken_streak(goal, now.closed)
    if times < 2:
        return ""
    if now.may_be_longer(times):
        weeks, days = (
            _("It has not held for at least %(n)d weeks in a row."),
            _("It has not held for at least %(n)d days in a row."),
        )
    else:
        weeks, days = (
            _("It has not held for %(n)d weeks in a row."),
            _("It has not held for %(n)d days in a row."),
        )
    return (weeks if is_weekly(now) else days) % {"n": times}


def for_so_long(now: Standing, goal: Goal) -> str:
    """How often it was met since the goal began; a value of before may meet it already."""
    times = pace.streak(goal, now.closed)
    if not times:
        return _("Met.")
    if now.may_be_longer(times):
        sentence = _("Met for at least %(n)d weeks.") if is_weekly(now) else _("Met for at least %(n)d days.")
    elif is_weekly(now):
        sentence = ngettext("Met for %(n)d week.", "Met for %(n)d weeks.", times)
    else:
        sentence = ngettext("Met for %(n)d day.", "Met for %(n)d days.", times)
    return sentence % {"n": times}


def is_weekly(now: Standing) -> bool:
    return now.rhythm.cadence is Cadence.WEEK
