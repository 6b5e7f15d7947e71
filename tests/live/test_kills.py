"""The web process is killed at each point of a room's action: nothing is lost or doubled, and every page converges."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import pytest

from mdd.models import Event, Topic, User
from tests.live.mortals import Mortal
from tests.live.points import POINTS
from tests.live.protocol import Device, polling, shown, streaming
from tests.stack import wait_until
from workshops.models import Answer, Participant, Workshop

pytestmark = [pytest.mark.xdist_group("kills"), pytest.mark.long]

TEXTS = ("one", "two", "three")


@pytest.fixture(scope="module")
def mortal(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortal]:
    started = Mortal(tmp_path_factory.mktemp("mortal") / "log", hurries=True)
    yield started
    started.end()


@pytest.mark.parametrize("point", POINTS)
def test_the_web_dies_when(
    mortal: Mortal, room: Workshop, place: Participant, lead: User, writer: User, looker: User, point: str
) -> None:
    before = Topic.objects.get(pk=room.topic_id).serial
    ada, mia, vic = (Device(mortal.port, room, user) for user in (lead, writer, looker))
    mortal.warm(room.get_absolute_url(), ada.cookies)
    devices = {ada: streaming, mia: streaming, vic: polling}
    with mortal.running(POINTS[point]):
        followers = [device.follow(how) for device, how in devices.items()]
        wait_until(lambda: all(device.page for device in devices), 20, mortal.log.read_text)
        sent = do_things(ada, mia)
        converge(mortal, list(devices))
        for device in devices:
            device.over.set()

    for follower in followers:
        follower.join(20)
    assert mortal.deaths == 1
    log = list(Event.objects.filter(topic=room.topic, serial__gt=before).order_by("serial"))
    assert [event.serial for event in log] == list(range(before + 1, before + len(sent) + 1))
    assert [event.operation for event in log] == sent
    assert sorted(Answer.objects.values_list("text", flat=True)) == sorted(TEXTS)


def do_things(ada: Device, mia: Device) -> list[object]:
    """Mia writes and Ada reveals, each with a key of its own; returns the keys."""
    keys = [uuid4() for _ in range(5)]
    for key, text in zip(keys, TEXTS[:2], strict=False):
        assert mia.send("write/", operation=key, stage="deliver", text=text) == 302
    assert ada.send("reveal/", operation=keys[2], stage="deliver", is_sure="on") == 302
    answer = Answer.objects.get(text=TEXTS[0]).pk
    assert ada.send(f"answers/{answer}/aside/", operation=keys[3], is_aside="on") == 302
    assert mia.send("write/", operation=keys[4], stage="deliver", text=TEXTS[2]) == 302
    return list(keys)


def converge(mortal: Mortal, devices: list[Device]) -> None:
    """Wait for the death, if it has not come yet, and until each page is what a fresh one is."""
    wait_until(lambda: mortal.deaths > 0, 20, mortal.log.read_text)
    for device in devices:
        fresh = device.fetch()
        wait_until(partial(device.shows, fresh), 20, mortal.log.read_text)
        assert device.page is not None
        assert shown(device.page) == shown(fresh)
