"""What is true for a moment is told to those who listen, and for that moment to those who can only ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from mdd import live
from mdd.live import wakeups
from mdd.models import User
from workshops.models import Workshop


@pytest.fixture(autouse=True)
def _broker_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have found theirs away a moment ago."""
    monkeypatch.setattr(wakeups, "_broker", wakeups.Broker())


@pytest.fixture
def as_looker(looker: User) -> Client:
    client = Client()
    client.force_login(looker)
    return client


def asked(client: Client, room: Workshop) -> dict[str, Any]:
    told: dict[str, Any] = client.get(reverse("live", args=[room.topic_id])).json()
    return told


def test_who_asks_hears_what_was_whispered(as_looker: Client, room: Workshop) -> None:
    live.whisper(room.topic_id, {"tab": "1", "cards": [7]})
    live.whisper(room.topic_id, {"tab": "1", "cards": []})

    first, last = asked(as_looker, room)["whispers"]  # the last word of a tab counts

    assert (first["cards"], last["cards"]) == ([7], [])
    assert 0 < last["left"] <= 10_000


def test_after_the_moment_nothing_is_told_of_it(as_looker: Client, room: Workshop) -> None:
    live.whisper(room.topic_id, {"tab": "1", "cards": [7]})

    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert asked(as_looker, room)["whispers"] == []


def test_a_broker_that_is_away_tells_nothing_and_breaks_nothing(
    as_looker: Client, room: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeups, "_broker", wakeups.Broker())
    with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
        live.whisper(room.topic_id, {"tab": "1", "cards": [7]})

        assert asked(as_looker, room)["whispers"] == []


def test_another_topic_hears_nothing(as_looker: Client, room: Workshop) -> None:
    live.whisper(-room.topic_id, {"tab": "1", "cards": [7]})  # the next one is that of the next test

    assert asked(as_looker, room)["whispers"] == []


def test_another_instance_on_the_same_broker_hears_nothing(
    as_looker: Client, room: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "NAME", "another")
        live.whisper(room.topic_id, {"tab": "1", "cards": [7]})

    assert asked(as_looker, room)["whispers"] == []
