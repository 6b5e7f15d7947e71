"""One object of each kind in our squad, and everybody who may come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from mdd.models import Role, Squad, User
from metrics.models import Backfill, Dashboard, Metric, Query, Source, Tile
from tests import builders
from tests.workshops import builders_focus
from workshops.actions import workshops
from workshops.models import Workshop


@dataclass
class World:
    """One object of each kind in our squad, and everybody who may come."""

    squad: Squad
    clients: dict[str, Client]
    hand: Metric
    pulled: Metric
    query: Query
    backfill: Backfill
    dashboard: Dashboard
    tile: Tile
    source: Source
    workshop: Workshop
    arguments: dict[str, list[object]] = field(default_factory=dict)


@pytest.fixture
def world(squad: Squad, client_of: Callable[[User], Client], eve: User, olga: User) -> World:
    people = {role.value: builders.make_member(squad, role, name=role.label) for role in Role}
    clients = {name: client_of(user) for name, user in {**people, "stranger": eve, "operator": olga}.items()}
    source = builders.make_source()
    query = builders.make_query(squad, source)
    hand, pulled = builders.make_metric(squad), builders.make_metric(squad, query=query)
    builders.make_goal(pulled)
    dashboard = builders.make_dashboard(squad)
    tile = Tile.objects.create(dashboard=dashboard, metric=pulled)
    backfill = Backfill.objects.create(query=query, start=query.next_slot.replace(day=1, month=2), end=query.next_slot)
    workshop = workshops.start(squad, title="Spring", path="whole", by=people["admin"])
    made = World(
        squad, clients | {"anonymous": Client()}, hand, pulled, query, backfill, dashboard, tile, source, workshop
    )
    made.arguments = arguments(made)
    made.arguments |= focus(workshop)
    return made


def focus(workshop: Workshop) -> dict[str, list[object]]:
    """A survivor in a bucket, and the bucket's question decided."""
    bucket = builders_focus.make_finalists(workshop, 1)[0]
    builders_focus.decide(bucket, workshop.participants.get())
    of_bucket = ("phrase", "dot", "ask-about", "consent", "reveal-consents")
    return {
        **{f"workshops:{name}": [workshop.pk, bucket.pk] for name in of_bucket},
        **{f"workshops:{name}": [workshop.pk] for name in ("reveal-dots", "decide", "decision")},
        "workshops:earlier-decision": [workshop.pk, 1],
        "workshops:export-decision": [workshop.pk, 1, "md"],
        "workshops:adopt": [workshop.pk, bucket.cards.get().pk],
    }


def arguments(world: World) -> dict[str, list[object]]:
    """What stands in the address of each route that has an object in it."""
    of_metric = ("metric", "edit", "retire", "goal", "ask-again", "progress")
    of_workshop = ("workshop", "move", "change-state", "facilitate", "done")
    of_dashboard = ("dashboard", "changed-tiles", "add-tile")
    return {
        **{f"metrics:{name}": [world.pulled.pk] for name in of_metric},
        **{f"metrics:{name}": [world.dashboard.pk] for name in of_dashboard},
        **{f"metrics:{name}": [world.hand.pk] for name in ("values", "paste")},
        **{f"metrics:{name}": [world.tile.pk] for name in ("remove-tile", "move-tile")},
        **{f"metrics:{name}": [world.source.pk] for name in ("source", "check-source", "grants")},
        **{f"metrics:{name}": [world.squad.slug] for name in ("metrics", "new", "dashboards", "new-dashboard", "runs")},
        **{f"workshops:{name}": [world.squad.slug] for name in ("squad", "statements")},
        "workshops:agree": [world.squad.slug, "deliver"],
        **{f"workshops:{name}": [world.squad.slug] for name in ("workshops", "start")},
        **{f"workshops:{name}": [world.workshop.pk] for name in of_workshop},
        "metrics:cancel": [world.backfill.pk],
        "metrics:query": [world.query.pk],
    }
