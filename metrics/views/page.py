"""Fetching a metric, and everything that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.forms import Form
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mdd import access
from mdd.http import Request
from metrics import charts, remarks, tiles, timeline, triggers, words
from metrics.actions import refreshes
from metrics.models import Goal, Metric, Reassessment, Ruling
from metrics.slots import Cadence
from metrics.sources.retelling import retold
from metrics.status import Status

RANGES = {"7d": gettext_lazy("7 days"), "90d": gettext_lazy("90 days"), "1y": gettext_lazy("1 year")}
USUAL = "90d"
ACTIONS = 8


@dataclass(frozen=True)
class Fact:
    """A line of a definition list: words, a link, or a time that ages."""

    label: str
    text: str = ""
    url: str = ""
    at: datetime | None = None


def fetch(request: Request, pk: int) -> Metric:
    """The metric, if the actor may see it; the page then stands in its squad."""
    rows = Metric.objects.select_related(
        "squad", "owner", "query__source", "expectation__customer", "expectation__deliverable"
    )
    return access.fetch(request, rows, squad=lambda metric: metric.squad, pk=pk)


def fetch_for_writing(request: Request, pk: int) -> Metric:
    metric = fetch(request, pk)
    access.require_writer(request, metric.squad)
    return metric


def fetch_in_use(request: Request, pk: int) -> Metric:
    """As `fetch_for_writing`; what is retired can only be read."""
    metric = fetch_for_writing(request, pk)
    if metric.state == Metric.State.RETIRED:
        raise PermissionDenied(_("This metric is retired. It can be read, but not changed."))
    return metric


def without_operation(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "operation"}


def of(request: Request, metric: Metric) -> dict[str, object]:
    """The context of a metric's page."""
    now = timezone.now()
    wanted = request.GET.get("range", USUAL)
    chosen = wanted if wanted in RANGES else USUAL
    goal = metric.goals.exclude(state=Goal.State.ENDED).order_by("state").first()
    tile = tiles.facts(Metric.objects.filter(pk=metric.pk), now)[0]
    prompts = waiting(metric)
    return {
        "metric": metric,
        "short_name": words.short_name(metric),
        "tile": tile,
        "chart": charts.page_chart(metric, chosen, now, tile.status),
        "ranges": [{"key": key, "label": label, "current": key == chosen} for key, label in RANGES.items()],
        "goal": goal and goal_facts(goal, metric),
        "is_draft": goal and goal.state == Goal.State.DRAFT,
        "feed": feed_facts(metric),
        "trace": tile.trace,
        "log": timeline.of(metric),
        "actions": metric.actions.select_related("owner").order_by(F("done_at").desc(nulls_first=True), "due")[
            :ACTIONS
        ],
        "prompts": prompts,
        "wants": wants(metric, goal, tile.status, is_asked=bool(prompts)),
        "lesson": lesson(metric),
        "may_write": access.may_write(request, metric.squad),
    } | asking(metric)


def wants(metric: Metric, goal: Goal | None, status: Status | None, *, is_asked: bool) -> str:
    """What the page leads to first: to mend the "query", to write "values" down, to the "goal", or "" to nothing."""
    if metric.query and status is Status.ERROR:
        return "query"
    if metric.query is None and status in {Status.STALE, Status.NO_DATA}:
        return "values"
    is_set = goal is not None and goal.state == Goal.State.ACTIVE
    return "goal" if is_asked or not is_set or status is Status.MISSED else ""


def waiting(metric: Metric) -> list[Fact]:
    """What is undecided about the metric."""
    prompts = Reassessment.objects.undecided().filter(metric=metric).order_by("opened_at")
    return [Fact(str(triggers.label_of(each.trigger)), url=each.get_absolute_url()) for each in prompts]


def lesson(metric: Metric) -> Ruling | None:
    """Why the metric was let go, where a ruling says so."""
    if metric.state != Metric.State.RETIRED:
        return None
    rulings = Ruling.objects.filter(reassessment__metric=metric, decision=Ruling.Decision.RETIRE)
    return rulings.select_related("by").order_by("at").first()


def asking(metric: Metric) -> dict[str, object]:
    """The back-fill that is under way for the metric, if any, and how far it has come."""
    backfill = metric.query and refreshes.unfinished(metric.query).feeding(metric).order_by("-pk").first()
    return {"backfill": backfill, "progress": backfill and refreshes.progress_of(backfill)}


def goal_facts(goal: Goal, metric: Metric) -> list[Fact]:
    """What was promised, in its own words."""
    facts = [
        Fact(_("We want to"), words.aim(goal, metric)),
        Fact(_("From"), beginning(goal, metric)),
        Fact(_("By"), day(goal.due)),
        Fact(_("If this goes wrong we will"), goal.if_wrong),
        Fact(_("Why this number"), goal.why_this_number),
        *(Fact(label, sentence) for label, sentence in remarks.of(metric)),
    ]
    return [fact for fact in facts if fact.text]


def beginning(goal: Goal, metric: Metric) -> str:
    start = day(goal.start)
    return start if goal.baseline is None else f"{words.mark(goal.baseline, metric.unit)} · {start}"


def day(when: Any) -> str:
    return formats.date_format(when, _("j M Y"))


def feed_facts(metric: Metric) -> list[Fact]:
    """Who keeps the number, where it comes from, and how old it is."""
    query = metric.query
    period = _("A week’s value") if metric.period is Cadence.WEEK else _("A day’s value")
    facts = [
        Fact(_("Owner"), metric.owner.name if metric.owner else _("nobody yet")),
        Fact(_("How often"), str(metric.cadence.label)),
        Fact(period, _("the %(statistic)s") % {"statistic": metric.get_statistic_display()}),
    ]
    if query is None:
        return [*facts, Fact(_("Source"), _("written down by hand"))]
    asked = Fact(
        _("Source"), f"{query.source.name} #{query.pk}, {metric.column}", reverse("metrics:query", args=[query.pk])
    )
    answered = Fact(_("Last answer"), _("none yet"), at=query.answered_at)
    trouble = [Fact(_("Trouble"), retold(metric.trouble))] if metric.trouble else []
    return [*facts, asked, answered, *trouble]
