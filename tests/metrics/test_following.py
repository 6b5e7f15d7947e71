"""A dashboard that is looked at again and again shows what a fresh one would, whatever has happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mdd.live import drawings, looks
from mdd.live.drawings import Drawing
from mdd.models import Squad, Topic, User
from metrics import feed, parts
from metrics.actions import dashboards, goals, metrics, samples, values
from metrics.models import Dashboard, Metric, Query
from metrics.models.samples import Origin
from metrics.parts import Audience, View
from metrics.queue import errors
from metrics.readings import Reading
from metrics.slots import DAY
from metrics.sources.errors import Code, SourceError
from metrics.standing import Standing
from tests import builders

MINUTE = timedelta(minutes=1)


class Scene:
    """A dashboard with two numbers, one that waits, and one that could come."""

    def __init__(self, squad: Squad, ada: User) -> None:
        self.squad, self.ada = squad, ada
        self.dashboard = dashboards.create(squad, question="Do callers get answers?", bucket="Usage", by=ada)
        self.first, self.second, self.spare = (self.watched(f"Question {n}?") for n in range(3))
        for metric in (self.first, self.second):
            dashboards.add_tile(self.dashboard, metric, by=ada)
        self.late = builders.make_metric(squad, question="Question late?", owner=ada)
        dashboards.invite(self.dashboard, self.late, by=ada)
        self.topic = feed.topic_of(self.dashboard)

    def watched(self, question: str) -> Metric:
        metric = builders.make_metric(self.squad, question=question, owner=self.ada)
        builders.make_goal(metric)
        self.measure(metric, 75.0, days_ago=1)
        return metric

    def measure(self, metric: Metric, value: float, *, days_ago: int = 0) -> None:
        day = timezone.now().astimezone(self.squad.tz).replace(hour=0, minute=0, second=0, microsecond=0)
        reading = Reading(metric.pk, day - days_ago * DAY, value)
        samples.keep([reading], origin=Origin.HAND, taken_at=timezone.now())

    def tile(self, metric: Metric) -> Any:
        return self.dashboard.tiles.get(metric=metric)

    def fresh(self, audience: str) -> Drawing:
        return looks.whole(self.topic, [audience]).drawings[audience]

    def marks(self) -> Any:
        return looks.marks([self.topic])[self.topic.pk]


def fail(scene: Scene) -> None:
    query = builders.make_query(scene.squad)
    Metric.objects.filter(pk=scene.first.pk).update(query=query, column="n", hand_cadence="")
    errors.show(query, SourceError(Code.DENIED, "No."), timezone.now())


HAPPENINGS: dict[str, Callable[[Scene], object]] = {
    "a day's value": lambda on: on.measure(on.first, 76.4, days_ago=1),
    "today so far": lambda on: on.measure(on.first, 80.0),
    "a value by hand": lambda on: values.write_down(
        on.second, day=timezone.now().date() - DAY, value=3, reason="typed wrong", by=on.ada
    ),
    "another question": lambda on: metrics.describe(on.first, by=on.ada, question="How long do callers wait?"),
    "another owner": lambda on: metrics.describe(on.first, by=on.ada, owner=builders.make_member(on.squad)),
    "a tile comes": lambda on: dashboards.add_tile(on.dashboard, on.spare, by=on.ada),
    "a tile goes": lambda on: dashboards.remove_tile(on.tile(on.first), by=on.ada),
    "a tile moves": lambda on: dashboards.move_tile(on.tile(on.second), to=0, by=on.ada),
    "the last tile goes": lambda on: [dashboards.remove_tile(tile, by=on.ada) for tile in on.dashboard.tiles.all()],
    "a goal ends": lambda on: goals.end(on.first.goals.active().get(), because="done", by=on.ada),
    "a goal lets one in": lambda on: goals.set_goal(
        on.late,
        plan=goals.Plan("stay-above", 80, date(2000, 1, 1), timezone.now().date() + DAY, "look"),
        by=on.ada,
    ),
    "one waits": lambda on: dashboards.invite(on.dashboard, builders.make_metric(on.squad), by=on.ada),
    "one is retired": lambda on: metrics.retire(on.first, by=on.ada),
    "a source refuses": fail,
}


@pytest.fixture
def scene(squad: Squad, ada: User) -> Scene:
    return Scene(squad, ada)


@pytest.mark.sampled
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("what", HAPPENINGS)
def test_whatever_happens_is_found_by_a_look(scene: Scene, what: str, audience: str) -> None:
    before, marks = scene.fresh(audience), scene.marks()

    HAPPENINGS[what](scene)
    seen = looks.look(scene.topic, {audience: before}, {audience: marks})

    assert seen.marks != marks
    assert ordered(scene.fresh(audience)) != ordered(before)
    assert ordered(seen.drawings[audience]) == ordered(scene.fresh(audience))


def ordered(drawing: Drawing) -> dict[str, list[tuple[str, str]]]:
    return {name: list(group.items()) for name, group in drawing.groups.items()}


def test_while_nothing_happens_nothing_is_drawn(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    before, marks = scene.fresh(Audience.WRITE), scene.marks()
    monkeypatch.setattr(drawings, "draw", pytest.fail)

    assert (
        looks.look(scene.topic, {Audience.WRITE: before}, {Audience.WRITE: marks}).drawings[Audience.WRITE].groups
        == before.groups
    )


def test_only_the_tile_that_changed_is_drawn_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = parts.tile_of

    def noted(view: View, each: Standing) -> str:
        drawn.append(each.metric.question)
        return draw(view, each)

    monkeypatch.setattr(parts, "tile_of", noted)
    before, marks = scene.fresh(Audience.WRITE), scene.marks()
    drawn.clear()

    scene.measure(scene.second, 90.0)
    looks.look(scene.topic, {Audience.WRITE: before}, {Audience.WRITE: marks})

    assert drawn == [scene.second.question]


def test_a_day_that_ends_is_a_change(scene: Scene) -> None:
    before = scene.marks()

    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert len(looks.differing(before, scene.marks())) == 3  # both tiles, and the sentence about them


def test_what_turns_stale_by_itself_is_drawn_by_the_beat(scene: Scene) -> None:
    before = scene.fresh(Audience.LOOK)

    with time_machine.travel(timezone.now() + 9 * DAY, tick=False):
        assert scene.fresh(Audience.LOOK).groups["summary"] != before.groups["summary"]


def test_who_looks_is_offered_nothing_to_change(scene: Scene) -> None:
    Query.objects.all().delete()
    with time_machine.travel(timezone.now() + 9 * DAY, tick=False):
        mine, theirs = (str(scene.fresh(audience).groups) for audience in Audience)

    assert "Enter values" in mine
    assert "Enter values" not in theirs
    assert "Set the goal" not in theirs


def ask(client: Client, scene: Scene, **more: str) -> dict[str, Any]:
    """As a page does that asks every few seconds."""
    told = client.get(reverse("live", args=[scene.topic.pk]), {"since": f"{scene.topic.epoch}.0", **more})
    return dict(told.json())


def versions(scene: Scene, audience: str) -> str:
    known = looks.parts_of(scene.fresh(audience).groups)
    return ".".join(f"{drawings.version(html):08x}" for html in known.values())


def test_a_page_that_asks_gets_what_it_does_not_show(as_mia: Client, scene: Scene) -> None:
    shown = versions(scene, Audience.WRITE)
    scene.measure(scene.first, 80.0)

    told = ask(as_mia, scene, shown=shown)

    assert set(told["parts"]) == {f"tile-{scene.first.pk}"}
    assert told["lists"] == {"tiles": [f"tile-{scene.first.pk}", f"tile-{scene.second.pk}"]}


@pytest.mark.parametrize("shown", ["", "x" * 5_000, "\x00", "zzzzzzzz", "../../"])
def test_a_page_that_shows_nothing_gets_everything(as_mia: Client, scene: Scene, shown: str) -> None:
    assert len(ask(as_mia, scene, shown=shown)["parts"]) == 6


def test_a_page_whose_stamp_is_of_now_costs_no_drawing(
    as_mia: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        stamp = ask(as_mia, scene)["stamp"]
        monkeypatch.setattr(parts, "draw", pytest.fail)

        assert "parts" not in ask(as_mia, scene, stamp=stamp)


def test_time_alone_is_looked_at_once_a_minute(as_mia: Client, scene: Scene) -> None:
    stamp = ask(as_mia, scene)["stamp"]

    with time_machine.travel(timezone.now() + MINUTE, tick=False):
        assert "parts" in ask(as_mia, scene, stamp=stamp)


def test_a_stranger_follows_nothing(as_eve: Client, client: Client, scene: Scene) -> None:
    url = reverse("live", args=[scene.topic.pk])

    assert [each.get(url).status_code for each in (as_eve, client)] == [404, 404]


def test_a_topic_of_a_dashboard_that_is_no_more_is_not_there(as_mia: Client, scene: Scene) -> None:
    gone = Topic.objects.create(key=feed.key(987654321))

    assert as_mia.get(reverse("live", args=[gone.pk])).status_code == 404


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_a_look_at_all_dashboards_takes_two_queries(scene: Scene) -> None:
    more = [feed.topic_of(builders.make_dashboard(scene.squad)) for _ in range(3)]

    assert queries(lambda: looks.marks([scene.topic, *more])) == 2


def test_a_change_takes_seven_queries_for_all_audiences(scene: Scene) -> None:
    marks, a_dashboard, tiles, waiting = 2, 1, 4, 0
    held = {str(audience): scene.fresh(audience) for audience in Audience}
    before = scene.marks()
    scene.measure(scene.first, 80.0)

    taken = queries(lambda: looks.look(scene.topic, held, dict.fromkeys(held, before)))

    assert taken == marks + a_dashboard + tiles + waiting


def test_a_stream_is_let_in_by_five_queries(as_mia: Client, scene: Scene) -> None:
    url, stream = reverse("live", args=[scene.topic.pk]), {"Accept": "text/event-stream"}
    as_mia.get(url, headers=stream)

    account, topic, dashboard, role = 2, 1, 1, 1
    assert queries(lambda: as_mia.get(url, headers=stream)) == account + topic + dashboard + role


def test_asking_without_news_takes_two_more(as_mia: Client, scene: Scene) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        stamp = ask(as_mia, scene)["stamp"]

        assert queries(lambda: ask(as_mia, scene, stamp=stamp)) == 5 + 2


def test_a_dashboard_has_one_topic_whoever_opens_it_first(as_mia: Client, as_vic: Client, squad: Squad) -> None:
    dashboard = builders.make_dashboard(squad)

    for client in (as_mia, as_vic):
        client.get(dashboard.get_absolute_url())

    assert Topic.objects.filter(key=feed.key(dashboard.pk)).count() == 1


def test_the_page_says_what_it_shows_as_the_stream_does(as_mia: Client, scene: Scene) -> None:
    page = as_mia.get(Dashboard.objects.get().get_absolute_url()).content.decode()

    assert all(f'data-v="{version}"' in page for version in versions(scene, Audience.WRITE).split("."))
