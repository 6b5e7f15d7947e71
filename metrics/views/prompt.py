"""Everything that the page of one prompt shows: what was known, how it stands today, what may be decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mdd import access
from mdd.http import Request
from metrics import charts, reassessing, tiles, triggers, words
from metrics.forms.reassessments import Sheet
from metrics.models import Goal, Metric, Reassessment
from metrics.tiles import Link
from metrics.triggers import Case
from metrics.views.page import Fact, goal_facts


def fetch(request: Request, pk: int) -> Reassessment:
    """The prompt, if the actor may see it; the page then stands in its squad."""
    rows = Reassessment.objects.select_related("squad", "metric", "ruling__by", "ruling__goal")
    return access.fetch(request, rows, squad=lambda prompt: prompt.squad, pk=pk)


def may_decide(request: Request, prompt: Reassessment) -> bool:
    return reassessing.may_decide(access.role_in(request, prompt.squad))


def case_of(prompt: Reassessment) -> Case:
    now = timezone.now()
    standings = tiles.standings(Metric.objects.filter(pk=prompt.metric_id), now) if prompt.metric_id else []
    return Case(prompt, now, standings[0] if standings else None)


def sheet_of(case: Case, data: Any = None, *, chosen: str = "") -> Sheet | None:
    """The form, or None where the prompt is decided or nothing can be decided about it."""
    trigger = triggers.registered.get(case.prompt.trigger)
    choices = trigger.choices(case) if trigger and not hasattr(case.prompt, "ruling") else []
    return Sheet(case, choices, data, asks_why=bool(trigger and trigger.asks_why), chosen=chosen) if choices else None


def of(request: Request, case: Case, sheet: Sheet | None) -> dict[str, object]:
    """The context of the page."""
    prompt, standing = case.prompt, case.standing
    tile = tiles.tile(standing) if standing else None
    return {
        "prompt": prompt,
        "case": case,
        "row": reassessing.row_of(prompt, case.now),
        "place": place_of(case),
        "raised_on": prompt.opened_at.astimezone(prompt.squad.tz).date(),
        "then": then(prompt.facts, prompt.squad.tz),
        "tile": tile,
        "chart": charts.page_chart(standing.metric, "90d", case.now, standing.status) if standing else None,
        "goal": goal_facts(case.goal, case.metric) if case.goal and case.metric else None,
        "sheet": sheet,
        "old_aim": words.aim(case.goal, case.metric) if case.goal and case.metric else "",
        "ruling": getattr(prompt, "ruling", None),
        "old_and_new": old_and_new(prompt),
        "actions": prompt.actions.select_related("owner").order_by("due"),
        "may_decide": may_decide(request, prompt),
        "snoozes_left": Reassessment.MOST_SNOOZES - prompt.snoozes,
        "query_url": query_url(case),
    }


def place_of(case: Case) -> Link | None:
    trigger = triggers.registered.get(case.prompt.trigger)
    return trigger.place(case) if trigger else None


def old_and_new(prompt: Reassessment) -> tuple[str, str] | None:
    """What the goal was and what it became, where the ruling set one."""
    ruling = getattr(prompt, "ruling", None)
    if ruling is None or ruling.goal is None or prompt.metric is None:
        return None
    return aim_then(prompt.facts), aim_by(ruling.goal, prompt.metric)


def query_url(case: Case) -> str:
    """Where a silent or broken source is mended."""
    query = case.metric.query if case.metric and case.is_broken else None
    return reverse("metrics:query", args=[query.pk]) if query else ""


def then(facts: Mapping[str, Any], zone: ZoneInfo) -> list[Fact]:
    """The frozen facts, as words."""
    known = [
        Fact(_("It stood at"), value_then(facts)),
        Fact(_("The goal"), aim_then(facts)),
        Fact(_("Short by"), apart(facts)),
        Fact(_("Newest data"), moment(facts.get("data_at"), zone)),
    ]
    return [fact for fact in known if fact.text]


def value_then(facts: Mapping[str, Any]) -> str:
    value, day = number(facts.get("value"), facts), facts.get("day")
    return f"{value} · {date_format(date.fromisoformat(day), _('j M Y'))}" if value and day else ""


def number(value: float | None, facts: Mapping[str, Any]) -> str:
    return "" if value is None else words.beside(value, goal_then(facts), str(facts.get("unit", "")))


def apart(facts: Mapping[str, Any]) -> str:
    distance = facts.get("distance")
    return "" if distance is None else words.apart(distance, str(facts.get("unit", "")))


def aim_then(facts: Mapping[str, Any]) -> str:
    goal = goal_then(facts)
    return aim_by(goal, Metric(unit=facts.get("unit", ""))) if goal else ""


def goal_then(facts: Mapping[str, Any]) -> Goal | None:
    goal = facts.get("goal")
    if not goal:
        return None
    due = date.fromisoformat(goal["due"])
    return Goal(form=goal["form"], target=goal["target"], upper=goal["upper"], due=due)


def aim_by(goal: Goal, metric: Metric) -> str:
    return _("%(aim)s by %(due)s") % {"aim": words.aim(goal, metric), "due": date_format(goal.due, _("j M Y"))}


def moment(at: str | None, zone: ZoneInfo) -> str:
    return date_format(datetime.fromisoformat(at).astimezone(zone), _("j M Y H:i")) if at else ""
