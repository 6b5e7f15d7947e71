"""What a squad sees first: the one next step, then its numbers, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mdd.http import Request
from mdd.models import Deliverable, Membership, Squad
from metrics import sentences, tiles
from metrics.models import Dashboard, Metric
from metrics.standing import Standing
from metrics.status import Status
from metrics.tiles import TileFacts

SHOWN = 4


@dataclass(frozen=True)
class Step:
    """The one thing to do next."""

    title: str
    text: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True)
class Home:
    """Everything on the squad's home; `metrics` is how many there are."""

    greeting: str
    step: Step
    tiles: Sequence[TileFacts]
    metrics: int
    dashboards: Sequence[Dashboard]
    people: Sequence[Membership]


def home_of(squad: Squad, request: Request) -> Home:
    now = timezone.now()
    metrics = Metric.objects.visible_to(request.actor).filter(squad=squad).exclude(state=Metric.State.RETIRED)
    standings = tiles.worst_first(metrics, now)
    dashboards = Dashboard.objects.visible_to(request.actor).filter(squad=squad).prefetch_related("tiles")
    people = Membership.objects.visible_to(request.actor).filter(squad=squad).select_related("user")
    shown = list(dashboards.order_by("bucket", "pk"))
    return Home(
        greeting=greeting(request.user.get_short_name(), timezone.localtime(now, squad.tz).hour),
        step=next_step(squad, standings, shown),
        tiles=[tiles.tile(standing) for standing in standings[:SHOWN]],
        metrics=len(standings),
        dashboards=shown,
        people=list(people.order_by("user__name")),
    )


def greeting(name: str, hour: int) -> str:
    if hour < 5 or hour >= 22:
        return _("Still up, %(name)s?") % {"name": name}
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def next_step(squad: Squad, standings: Sequence[Standing], dashboards: Sequence[Dashboard]) -> Step:
    """The first thing that is missing on the way to a number the squad acts on; else the worst number."""
    missing: list[tuple[Callable[[], bool], Callable[[], Step]]] = [
        (lambda: not standings and not has_deliverables(squad), lambda: say_what_we_deliver(squad)),
        (lambda: not standings, lambda: write_a_metric(squad)),
        (lambda: any(each.goal is None for each in standings), lambda: set_a_goal(standings)),
        (
            lambda: not any(dashboard.tiles.all() for dashboard in dashboards),
            lambda: build_a_dashboard(squad, dashboards),
        ),
    ]
    for is_missing, step in missing:
        if is_missing():
            return step()
    return look_at_the_worst(standings)


def has_deliverables(squad: Squad) -> bool:
    return Deliverable.objects.filter(squad=squad).in_force().exists()


def say_what_we_deliver(squad: Squad) -> Step:
    return Step(
        _("Say what you deliver"),
        _("Four questions, answered together, are where every good number begins. The first takes five minutes."),
        _("Answer the first question"),
        reverse("workshops:statements", args=[squad.slug]),
    )


def write_a_metric(squad: Squad) -> Step:
    return Step(
        _("Write the first metric"),
        _("Take one question whose answer would change what you do next week. Ask a source, or paste what you have."),
        _("Write a metric"),
        reverse("metrics:new", args=[squad.slug]),
    )


def set_a_goal(standings: Sequence[Standing]) -> Step:
    without = next(each.metric for each in standings if each.goal is None)
    return Step(
        _("Give “%(question)s” a goal") % {"question": without.question},
        _("A number without a goal asks nothing of anybody, and cannot stand on a dashboard."),
        _("Set the goal"),
        reverse("metrics:goal", args=[without.pk]),
    )


def build_a_dashboard(squad: Squad, dashboards: Sequence[Dashboard]) -> Step:
    url = reverse("metrics:add-tile", args=[dashboards[0].pk]) if dashboards else ""
    return Step(
        _("Put your numbers side by side"),
        _("One question, the few numbers that answer it. Everybody in the squad sees them move."),
        _("Build the dashboard"),
        url or reverse("metrics:new-dashboard", args=[squad.slug]),
    )


def look_at_the_worst(standings: Sequence[Standing]) -> Step:
    worst = standings[0]
    if worst.status in {Status.MET, Status.ON_PACE, Status.QUIET}:
        return Step(_("Nothing needs you today"), _("Every goal is met or on pace. Come back at the next check-in."))
    return Step(worst.metric.question, sentences.sentence(worst), _("Look at it"), worst.metric.get_absolute_url())
