"""Streams of a dashboard, from the real web process: what has changed, to whom, how soon, and until when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.utils import timezone

from mdd.actions import people
from mdd.live import wakeups
from mdd.models import Role, Topic, User
from metrics import feed
from metrics.actions import dashboards, samples
from metrics.models import Dashboard, Metric, Tile
from metrics.models.samples import Origin
from metrics.readings import Reading
from metrics.slots import DAY
from tests import builders
from tests.browser.room.webs import Web
from tests.live.streams import Stream, asked, cookies_of, listening
from tests.stack import wait_until

pytestmark = pytest.mark.xdist_group("stream")

SOON = 2.0
PATIENCE = 20.0
EVERYTHING = 6  # two tiles, and what is said around them


@pytest.fixture
def dashboard(lead: User) -> Dashboard:
    squad = lead.memberships.get().squad
    made = dashboards.create(squad, question="Do callers get answers?", bucket="Usage", by=lead)
    for number in range(2):
        metric = builders.make_metric(squad, question=f"Question {number}?")
        builders.make_goal(metric)
        dashboards.add_tile(made, metric, by=lead)
    return made


@pytest.fixture
def topic(dashboard: Dashboard) -> Topic:
    return feed.topic_of(dashboard)


@pytest.fixture
def metric(dashboard: Dashboard) -> Metric:
    return dashboard.tiles.select_related("metric__squad")[0].metric


def measure(metric: Metric, value: float) -> None:
    day = timezone.now().astimezone(metric.squad.tz).replace(hour=0, minute=0, second=0, microsecond=0) - DAY
    samples.keep([Reading(metric.pk, day, value)], origin=Origin.HAND, taken_at=timezone.now())


@contextmanager
def following(web: Web, topic: Topic, user: User) -> Iterator[Stream]:
    """Once the stream has told what the page did not say that it shows."""
    with listening(web.port, topic, cookies_of(user)) as stream:
        wait_until(lambda: bool(stream.named("step")), PATIENCE, lambda: stream.sent)
        assert len(stream.named("step")[0]["parts"]) == EVERYTHING
        yield stream


def news(stream: Stream) -> dict[str, str]:
    return {part: html for step in stream.named("step")[1:] for part, html in step.get("parts", {}).items()}


def hear(stream: Stream, word: str) -> None:
    wait_until(lambda: word in str(stream.named("step")[1:]), PATIENCE, lambda: stream.sent)


def test_a_new_value_reaches_every_audience_and_moves_no_other_tile(
    web: Web, topic: Topic, metric: Metric, writer: User, looker: User
) -> None:
    with ExitStack() as opened:
        streams = [opened.enter_context(following(web, topic, user)) for user in (writer, looker)]
        began = time.monotonic()

        measure(metric, 76.4)
        for stream in streams:
            hear(stream, "76.4")

    assert time.monotonic() - began < SOON
    assert all(set(news(stream)) == {f"tile-{metric.pk}", "summary"} for stream in streams)


def test_without_a_wake_up_it_takes_a_second(
    web: Web, topic: Topic, metric: Metric, looker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeups, "hint", lambda _: None)
    with following(web, topic, looker) as stream:
        began = time.monotonic()

        measure(metric, 76.4)
        hear(stream, "76.4")

    assert time.monotonic() - began < SOON


def test_a_tile_that_somebody_takes_off_leaves(
    web: Web, topic: Topic, metric: Metric, lead: User, looker: User
) -> None:
    with following(web, topic, looker) as stream:
        dashboards.remove_tile(Tile.objects.get(metric=metric), by=lead)
        wait_until(lambda: len(stream.named("step")) > 1, PATIENCE, lambda: stream.sent)

    (told,) = stream.named("step")[1:]
    assert f"tile-{metric.pk}" not in told["lists"]["tiles"]


def test_who_looks_is_sent_no_way_to_change(web: Web, topic: Topic, metric: Metric, looker: User) -> None:
    with following(web, topic, looker) as stream:
        measure(metric, 76.4)
        hear(stream, "76.4")

    assert "Enter values" not in stream.sent


def test_no_event_is_written_for_a_value(topic: Topic, metric: Metric) -> None:
    measure(metric, 76.4)

    topic.refresh_from_db()
    assert (topic.serial, topic.events.count()) == (0, 0)


def test_the_stream_of_somebody_who_is_not_in_the_squad_any_more_ends(
    web: Web, topic: Topic, writer: User, lead: User
) -> None:
    with following(web, topic, writer) as stream:
        began = time.monotonic()

        people.part(writer.memberships.get(), by=lead)
        stream.wait_for_end()

    assert stream.named("over") == [{"why": "gone"}]
    assert stream.ended - began < SOON


def test_whose_role_changes_is_told_to_come_again(web: Web, topic: Topic, writer: User, lead: User) -> None:
    with following(web, topic, writer) as stream:
        people.change_role(writer.memberships.get(), role=Role.VIEWER, by=lead)
        stream.wait_for_end()

    assert stream.named("over") == [{"why": "changed"}]


def test_a_stranger_hears_nothing(web: Web, topic: Topic) -> None:
    eve = builders.make_member(builders.make_squad(name="Others"))

    for cookies in (cookies_of(eve), ""):
        with asked(web.port, topic, cookies) as (_, answer):
            assert answer.status == 404
            answer.read()
