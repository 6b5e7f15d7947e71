"""Everything that happened to a metric, newest first, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics import hand, pace
from metrics.models import Goal, Metric, Ruling, SampleRevision
from metrics.words import aim

SHOWN = 30
DECIDED = {
    Ruling.Decision.KEEP: gettext_lazy("Kept: %(reason)s"),
    Ruling.Decision.ADJUST: gettext_lazy("Adjusted: %(reason)s"),
    Ruling.Decision.RETIRE: gettext_lazy("Let go: %(reason)s"),
}


@dataclass(frozen=True)
class Moment:
    """A line of the timeline."""

    at: datetime
    text: str
    note: str = ""
    badge: str = ""
    tone: str = ""


def of(metric: Metric) -> list[Moment]:
    """The latest moments. Three queries."""
    goals = [moment for goal in metric.goals.select_related("set_by") for moment in told(goal, metric)]
    revisions = metric.revisions.select_related("replaced_by").order_by("-replaced_at")[:SHOWN]
    corrections = [corrected(revision, metric) for revision in revisions]
    decided = [ruled(ruling) for ruling in rulings(metric)]
    made = Moment(metric.created_at, _("The metric was made"))
    return sorted([*goals, *corrections, *decided, made], key=lambda moment: moment.at, reverse=True)[:SHOWN]


def told(goal: Goal, metric: Metric) -> list[Moment]:
    by = goal.set_by.name if goal.set_by else ""
    text = (_("Goal: %(aim)s by %(due)s") if pace.is_to_reach(goal) else _("Goal: %(aim)s until %(due)s")) % {
        "aim": aim(goal, metric),
        "due": formats.date_format(goal.due, _("j M Y")),
    }
    ended = _("ended on %(day)s") % {"day": formats.date_format(goal.ended_on, _("j M"))} if goal.ended_on else ""
    waits = _("waits for a measured baseline") if goal.state == Goal.State.DRAFT else ""
    note = " · ".join(part for part in (by, waits, ended, goal.ended_because) if part)
    return [Moment(goal.set_at, text, note, _("goal"), "good" if goal.state == Goal.State.ACTIVE else "calm")]


def rulings(metric: Metric) -> Iterable[Ruling]:
    """What was decided; prompts that were decided together are told once."""
    rows = Ruling.objects.filter(reassessment__metric=metric).select_related("by").order_by("-at", "-pk")[:SHOWN]
    return {ruling.at: ruling for ruling in rows}.values()


def ruled(ruling: Ruling) -> Moment:
    text = DECIDED[Ruling.Decision(ruling.decision)] % {"reason": ruling.reason}
    when = ruling.next_review and formats.date_format(ruling.next_review, _("j M Y"))
    again = _("again on %(day)s") % {"day": when} if when else ""
    note = " · ".join(part for part in (ruling.by.name, ruling.why, again) if part)
    return Moment(ruling.at, text, note, _("decided"), "calm")


def corrected(revision: SampleRevision, metric: Metric) -> Moment:
    day = formats.date_format(revision.at.astimezone(metric.zone), _("j M Y H:i"))
    was = said_before(revision, metric)
    who = revision.replaced_by.name if revision.replaced_by else _("the source")
    text = _("%(day)s corrected, it said %(was)s") % {"day": day, "was": was}
    return Moment(
        revision.replaced_at, text, " · ".join(part for part in (who, revision.reason) if part), _("corrected"), "watch"
    )


def said_before(revision: SampleRevision, metric: Metric) -> str:
    if revision.distribution:
        timed = int(sum(revision.distribution.values()))
        return ngettext("%(n)d thing timed", "%(n)d things timed", timed) % {"n": timed}
    return hand.exact(revision.value, metric)
