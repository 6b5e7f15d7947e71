"""Who may follow a dashboard, and how it is noticed that it has changed."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone

from mdd import access
from mdd.http import Request
from mdd.live import feeds, key_of
from mdd.live.feeds import Admission, Groups, Marks
from mdd.models import Membership, Topic
from mdd.models.people import WRITERS
from metrics import parts, tiles
from metrics.models import Dashboard, Tile, Waiting
from metrics.parts import Audience, Board, View

KIND = "dashboard"


def key(dashboard: int) -> str:
    return f"{KIND}:{dashboard}"


def topic_of(dashboard: Dashboard) -> Topic:
    """Made by the first who looks."""
    return Topic.objects.get_or_create(key=key(dashboard.pk))[0]


def shown_by(topic: Topic) -> int:
    return int(topic.key.removeprefix(f"{KIND}:"))


def audience_of(request: Request, dashboard: Dashboard) -> Audience:
    return Audience.WRITE if access.may_write(request, dashboard.squad) else Audience.LOOK


class DashboardFeed:
    """Topics "dashboard:…". They have no events: samples come by the thousand, and time itself makes them stale."""

    def admit(self, request: Request, topic: Topic) -> Admission:
        if not request.user.is_authenticated:
            raise Http404
        rows = Dashboard.objects.select_related("squad")
        shown = access.fetch(request, rows, squad=lambda row: row.squad, pk=shown_by(topic))
        return Admission(key_of(request.actor), audience_of(request, shown), request.session.session_key or "")

    def draw(self, topic: Topic, audiences: Collection[str], names: Collection[str] | None) -> Mapping[str, Groups]:
        shown = Dashboard.objects.select_related("squad").with_waits().get(pk=shown_by(topic))
        board = Board(shown, timezone.now())
        return {each: drawn(board, each, names) for each in audiences}

    def marks(self, topics: Collection[Topic]) -> Mapping[int, Marks]:
        """Two queries."""
        by_dashboard = {shown_by(topic): topic.pk for topic in topics}
        placed: dict[int, dict[str, Hashable]] = {pk: {} for pk in by_dashboard}
        for dashboard, metric, *rest in marked_tiles(by_dashboard):
            placed[dashboard][tiles.tile_id(metric)] = mark(*rest)
        return {by_dashboard[pk]: marks_of(placed[pk], *rest) for pk, *rest in marked_dashboards(by_dashboard)}

    def touches(self, topic: Topic, kind: str) -> Collection[str] | None:
        return ()

    def revokes(self, kind: str) -> bool:
        return False

    def audiences(self, topic: Topic, keys: Collection[str]) -> Mapping[str, str]:
        members = Membership.objects.filter(squad__dashboards=shown_by(topic), user__is_active=True)
        roles = members.values_list("user", "role")
        return {f"user:{user}": Audience.WRITE if role in WRITERS else Audience.LOOK for user, role in roles}

    def seen(self, topic: Topic, keys: Collection[str]) -> None:
        pass


def drawn(board: Board, audience: str, names: Collection[str] | None) -> Groups:
    with feeds.spoken(audience) as name:
        return parts.draw(View(board, Audience(name)), names)


def marked_tiles(dashboards: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    goal = FilteredRelation("metric__goals", condition=Q(metric__goals__state="active"))
    rows = Tile.objects.filter(dashboard__in=dashboards).annotate(goal=goal)
    return rows.values_list("dashboard", "metric", *SHOWN).order_by("position", "pk")


def mark(zone: str, *shown: Hashable) -> Hashable:
    return (today_in(zone), *shown)


def today_in(zone: str) -> date:
    """A day that ends is on every chart."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def marked_dashboards(dashboards: Iterable[int]) -> Iterable[tuple[Any, ...]]:
    draft = FilteredRelation("metric__goals", condition=Q(metric__goals__state="draft"))
    waits = Waiting.objects.filter(dashboard=OuterRef("pk")).annotate(draft=draft).order_by("since", "metric")
    told = JSONObject(metric="metric", question="metric__question", owner="metric__owner__name", draft="draft__pk")
    rows = Dashboard.objects.filter(pk__in=dashboards).annotate(waits=ArraySubquery(waits.values(told=told)))
    return rows.values_list("pk", "degraded_since", "waits")


def marks_of(placed: Mapping[str, Hashable], degraded_since: datetime | None, waits: list[object]) -> Marks:
    """All that is said of the tiles as a whole may change with each of them."""
    waiting = repr(waits)
    return {
        parts.TILES: placed,
        "summary": {"summary": tuple(placed.items())},
        "degraded": {"degraded": degraded_since is None},
        "blank": {"blank": (not placed, not waits)},
        "waiting": {"waiting": waiting},
    }


SHOWN = (
    "dashboard__squad__zone",
    "metric__changed_at",
    "metric__question",
    "metric__unit",
    "metric__direction",
    "metric__state",
    "metric__owner__name",
    "metric__hand_cadence",
    "metric__hand_grace",
    "metric__query__cadence",
    "metric__query__grace",
    "metric__query__answered_at",
    "metric__query__error_code",
    "goal__pk",
)
"""What a tile is drawn from. A column forgotten is slow, not wrong: each minute all is drawn."""
