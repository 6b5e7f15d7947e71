"""The parts of a dashboard, the same for all who may change it and for all who look: drawn once, streamed to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from mdd.live.drawings import stamp
from mdd.live.feeds import Group, Groups
from metrics import tiles
from metrics.models import Dashboard, Goal, Metric
from metrics.standing import Standing
from metrics.words import lede


class Audience(StrEnum):
    WRITE = "write"
    LOOK = "look"


@dataclass(frozen=True)
class Board:
    """A dashboard (with its squad and `waits`) at one moment, read once for all. Nobody's own things are here."""

    dashboard: Dashboard
    now: datetime

    @cached_property
    def standings(self) -> Sequence[Standing]:
        return tiles.standings_of(self.dashboard, self.now)

    @cached_property
    def waiting(self) -> Sequence[Metric]:
        """Those that come once they have a goal, each with its draft if it has one; asked only where some wait."""
        if not getattr(self.dashboard, "waits", False):
            return []
        drafts = Prefetch("goals", Goal.objects.drafts(), to_attr="drafts")
        rows = Metric.objects.filter(waiting__dashboard=self.dashboard).select_related("owner").prefetch_related(drafts)
        return list(rows.order_by("waiting__since", "pk"))


class View(NamedTuple):
    """A board as an audience sees it."""

    board: Board
    audience: Audience

    def drawn(self, template: str, **context: object) -> str:
        told = {"dashboard": self.board.dashboard, "may_write": self.audience == Audience.WRITE}
        return render_to_string(template, told | context).strip()


def summary(view: View) -> str:
    return view.drawn("dashboards/parts/summary.html", lede=lede(view.board.standings))


def degraded(view: View) -> str:
    return view.drawn("dashboards/parts/degraded.html")


def blank(view: View) -> str:
    """What is said while there is no tile."""
    return view.drawn("dashboards/parts/blank.html", is_blank=not view.board.standings, waits=bool(view.board.waiting))


def waiting(view: View) -> str:
    return view.drawn("dashboards/parts/waiting.html", waiting=view.board.waiting)


def tile_of(view: View, standing: Standing) -> str:
    return view.drawn("components/tile.html", tile=tiles.tile(standing))


TILES = "tiles"
SINGLE: Mapping[str, Callable[[View], str]] = {
    "summary": summary,
    "degraded": degraded,
    "blank": blank,
    "waiting": waiting,
}


def draw(view: View, names: Collection[str] | None = None) -> Groups:
    """These parts as they are now, or all of them, in groups."""

    def is_wanted(part: str) -> bool:
        return names is None or part in names

    with timezone.override(view.board.dashboard.squad.tz):
        placed = {tiles.tile_id(each.metric.pk): each for each in view.board.standings}
        drawn: dict[str, Group] = {
            TILES: {part: tile_of(view, each) for part, each in placed.items() if is_wanted(part)}
        }
        return drawn | {name: {name: single(view)} for name, single in SINGLE.items() if is_wanted(name)}


def on_page(view: View) -> dict[str, SafeString]:
    """The groups as they stand on the page, with the versions by which it is known what it shows."""
    return {name: mark_safe("".join(group.values())) for name, group in stamp(draw(view)).items()}  # noqa: S308
