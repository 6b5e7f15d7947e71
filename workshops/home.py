"""What a squad sees first: its loop, the one next step, one's own week, then its numbers, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mdd import access
from mdd.http import Request
from mdd.models import Membership, Role, Squad
from mdd.templatetags.ring import Stage
from metrics import tiles
from metrics.models import Dashboard, Goal, Metric
from metrics.standing import Standing
from metrics.tiles import TileFacts
from workshops import loops, memories, rings, steps, week
from workshops.memories import Memory
from workshops.steps import Scene, Step
from workshops.week import Week

SHOWN = 4
DECIDERS = (Role.LEAD, Role.ADMIN)


@dataclass(frozen=True)
class Ring:
    """What the loop component draws."""

    stages: Sequence[Stage]
    days: int
    next: Step


@dataclass(frozen=True)
class Home:
    """Everything on the squad's home; `metrics` is how many there are."""

    greeting: str
    loop: Ring
    memories: Sequence[Memory]
    week: Week
    tiles: Sequence[TileFacts]
    metrics: int
    dashboards: Sequence[Dashboard]
    people: Sequence[Membership]


def home_of(squad: Squad, request: Request) -> Home:
    now = timezone.now()
    scene = scene_of(squad, request, now)
    today = timezone.localdate(now, squad.tz)
    return Home(
        greeting=greeting(request.user.get_short_name(), timezone.localtime(now, squad.tz).hour),
        loop=Ring(rings.ring_of(scene.loop), scene.loop.days, steps.next_step(scene)),
        memories=memories.memories_of(squad, request.actor, scene.standings, now),
        week=week.week_of(request, scene.loop, scene.standings, today, may_decide=scene.may_decide),
        tiles=[tiles.tile(standing) for standing in scene.standings[:SHOWN]],
        metrics=len(scene.standings),
        dashboards=scene.dashboards,
        people=access.people_of(request, squad),
    )


def scene_of(squad: Squad, request: Request, now: datetime) -> Scene:
    role = access.role_in(request, squad)
    return Scene(
        squad=squad,
        loop=loops.loops_of(Squad.objects.filter(pk=squad.pk), now)[0],
        standings=standings_of(squad, request, now),
        dashboards=dashboards_of(squad, request),
        drafts=drafts_of(squad),
        may_write=access.may_write(request, squad),
        may_decide=role in DECIDERS,
        is_alone=len(access.people_of(request, squad)) == 1,
    )


def standings_of(squad: Squad, request: Request, now: datetime) -> list[Standing]:
    metrics = Metric.objects.visible_to(request.actor).filter(squad=squad).exclude(state=Metric.State.RETIRED)
    return tiles.worst_first(metrics, now)


def dashboards_of(squad: Squad, request: Request) -> list[Dashboard]:
    rows = Dashboard.objects.visible_to(request.actor).filter(squad=squad)
    return list(rows.prefetch_related("tiles", "waiting").order_by("bucket", "pk"))


def drafts_of(squad: Squad) -> frozenset[int]:
    """The metrics whose goal waits for its baseline to be measured."""
    drafts = Goal.objects.filter(metric__squad=squad, state=Goal.State.DRAFT)
    return frozenset(drafts.values_list("metric", flat=True))


def greeting(name: str, hour: int) -> str:
    if hour < 5 or hour >= 22:
        return _("Still up, %(name)s?") % {"name": name}
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
