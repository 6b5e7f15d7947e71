"""Building dashboards. The database holds the gate; here it gets its sentence."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mdd.actions import audit
from mdd.constraints import constraint_of
from mdd.models import Squad, User
from metrics import hints
from metrics.models import Dashboard, Metric, Tile, Waiting


class GateClosed(Exception):
    """The metric may not stand on this dashboard; the message says what is missing."""


@transaction.atomic
def create(squad: Squad, *, question: str, bucket: str, by: User, review_date: date | None = None) -> Dashboard:
    """Make an empty dashboard, owned by who makes it."""
    wanted = {"question": question, "bucket": bucket, "review_date": review_date}
    dashboard = Dashboard.objects.create(squad=squad, owner=by, **wanted)
    audit.record("dashboard-made", dashboard, by=by, squad=squad, after={"question": question, "bucket": bucket})
    return dashboard


@transaction.atomic
def look_again(dashboard: Dashboard, *, on: date, by: User) -> None:
    """Say when a dashboard is to be looked at again."""
    before = dashboard.review_date
    Dashboard.objects.filter(pk=dashboard.pk).update(review_date=on)
    audit.record(
        "dashboard-review-set",
        dashboard,
        by=by,
        squad=dashboard.squad,
        before={"on": before and before.isoformat()},
        after={"on": on.isoformat()},
    )


@transaction.atomic
def invite(dashboard: Dashboard, metric: Metric, *, by: User) -> None:
    """Let a metric stand on a dashboard as soon as it may: at once with a goal, else when it gets one."""
    Metric.objects.select_for_update(no_key=True).get(pk=metric.pk)
    if Metric.objects.watched().filter(pk=metric.pk).exists():
        placed(dashboard, metric, by)
    else:
        Waiting.objects.get_or_create(dashboard=dashboard, metric=metric)
        hints.of_dashboard(dashboard.pk)


def let_in(metric: Metric, *, by: User | None) -> None:
    """Put a metric that has its goal now on each dashboard that it waited for. The caller holds the metric."""
    waited_for = Dashboard.objects.filter(waiting__metric=metric).select_related("squad").order_by("pk")
    for dashboard in list(waited_for):
        placed(dashboard, metric, by)


def add_tile(dashboard: Dashboard, metric: Metric, *, by: User) -> Tile:
    """Put a metric at the end of a dashboard; one that stands there already stays. Raises GateClosed."""
    try:
        with transaction.atomic():
            return placed(dashboard, metric, by)
    except IntegrityError as error:
        if constraint_of(error) != "tile_metric_is_watched":
            raise
        raise GateClosed(gate_sentence(metric)) from error


def placed(dashboard: Dashboard, metric: Metric, by: User | None) -> Tile:
    """The triggers lock the metric before its dashboards; so do we. What stands there waits no more."""
    Metric.objects.select_for_update(no_key=True).get(pk=metric.pk)
    Dashboard.objects.select_for_update(no_key=True).get(pk=dashboard.pk)
    last = Tile.objects.filter(dashboard=dashboard).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    tile, is_new = Tile.objects.get_or_create(dashboard=dashboard, metric=metric, defaults={"position": position})
    Waiting.objects.filter(dashboard=dashboard, metric=metric).delete()
    if is_new:
        audit.record("tile-added", tile, by=by, squad=dashboard.squad, after={"metric": metric.pk})
        hints.of_dashboard(dashboard.pk)
    return tile


def gate_sentence(metric: Metric) -> str:
    """The same words for everybody who comes to the gate."""
    return _("“%(question)s” has no goal yet. Give it one, then it can stand on a dashboard.") % {
        "question": metric.question
    }


@transaction.atomic
def remove_tile(tile: Tile, *, by: User) -> None:
    """Take a metric off a dashboard. The metric and its numbers stay."""
    audit.record("tile-removed", tile, by=by, squad=tile.dashboard.squad, before={"metric": tile.metric_id})
    tile.delete()
    hints.of_dashboard(tile.dashboard_id)


@transaction.atomic
def move_tile(tile: Tile, *, to: int, by: User) -> None:
    """Put a tile at place `to`, counted from 0; the others close up."""
    Dashboard.objects.select_for_update(no_key=True).get(pk=tile.dashboard_id)
    tiles = list(tile.dashboard.tiles.exclude(pk=tile.pk))
    tiles.insert(to, tile)
    for position, each in enumerate(tiles):
        each.position = position
    Tile.objects.bulk_update(tiles, ["position"])
    audit.record("tile-moved", tile, by=by, squad=tile.dashboard.squad, after={"to": to})
    hints.of_dashboard(tile.dashboard_id)
