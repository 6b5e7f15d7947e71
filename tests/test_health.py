"""What a probe is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker
from pytest_django.fixtures import Settings

from mdd import health
from mdd.engines import instance
from mdd.models import Heartbeat


@pytest.fixture(autouse=True)
def nothing_seen_yet() -> None:
    health.last_seen.clear()


def beat(**ages: float) -> None:
    for name, age in ({"worker:fast": 1, "worker:refresh": 1, "beat": 1} | ages).items():
        Heartbeat.objects.create(name=name, at=timezone.now() - timedelta(seconds=age))


def test_healthz_is_cheap_and_bare(client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content, dict(response.cookies)) == (200, b"ok", {})


def test_readyz_says_how_old_each_sign_of_life_is(client: Client, db: None) -> None:
    beat(**{"worker:refresh": 70})

    response = client.get("/readyz")

    parts = response.json()["parts"]
    assert response.status_code == 200
    assert {name: part["works"] for name, part in parts.items()} == dict.fromkeys(parts, True)
    assert set(parts) == {"database", "redis", "worker:fast", "worker:refresh", "beat"}
    assert parts["database"]["age"] == parts["redis"]["age"] == 0
    assert 70 <= parts["worker:refresh"]["age"] < 75


@pytest.mark.parametrize(("name", "age"), [("worker:fast", 91), ("worker:refresh", 91), ("beat", 31)])
def test_a_silent_process_makes_it_not_ready(client: Client, db: None, name: str, age: float) -> None:
    beat(**{name: age})

    response = client.get("/readyz")

    assert response.status_code == 503
    assert [part for part, sign in response.json()["parts"].items() if not sign["works"]] == [name]


def test_a_process_that_never_wrote_makes_it_not_ready(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["beat"] == {"works": False, "age": None}


def test_to_be_told_not_yet_is_no_error(client: Client, db: None, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/readyz")

    assert response.status_code == 503
    assert caplog.messages == []


def test_what_no_probe_may_do_is_still_written_down(client: Client, db: None, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/readyz")

    assert caplog.messages == ["Method Not Allowed (POST): /readyz"]


def test_a_broker_that_is_away_is_named_with_the_age_of_its_last_answer(
    client: Client, db: None, settings: Settings
) -> None:
    beat()
    client.get("/readyz")
    settings.REDIS_URL = f"redis://127.0.0.1:{instance.free_port()}/0"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["redis"]["works"] is False
    assert response.json()["parts"]["redis"]["age"] >= 0


def test_a_database_that_is_away_is_named(
    client: Client, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "PORT", instance.free_port())

        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["parts"]["database"] == {"works": False, "age": None}
    assert response.json()["parts"]["beat"] == {"works": False, "age": None}


def test_a_probe_beside_us_is_not_sent_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
