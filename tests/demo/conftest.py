"""The demo's own server, loaded once, as the squad's source sees it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from mdd import engines
from mdd.models import Squad
from metrics.models import Source
from workshops.demo import flights as loader
from workshops.demo import squad


@pytest.fixture(scope="session")
def flights() -> engines.FlightsServer:
    """The server that runs beside the tests. Whoever comes first loads it, the others wait."""
    server = engines.flights(engines.data_folder())
    loader.load(server)
    return server


@pytest.fixture
def owner(flights: engines.FlightsServer) -> Iterator["psycopg.Connection[Any]"]:
    """The loader's connection; what a test does through it is undone."""
    with psycopg.connect(flights.owner_dsn) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def reader(flights: engines.FlightsServer) -> Iterator["psycopg.Connection[Any]"]:
    """The source's connection, in the squad's zone and in one transaction: now() stands still."""
    with psycopg.connect(
        host=flights.host,
        port=flights.port,
        dbname=flights.dbname,
        user=flights.reader,
        password=flights.reader_password,
        options="-c timezone=America/New_York",
    ) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def source(db: None, flights: engines.FlightsServer, settings: Settings) -> Source:
    """The flights as a source, within reach because the operator's list says so."""
    settings.EGRESS_ALLOW = (f"{flights.host}:{flights.port}",)
    return squad.reach(flights)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker, flights: engines.FlightsServer) -> Iterator[int]:
    """The demo's squad, made once for a module. No test of that module may commit."""
    reachable = override_settings(EGRESS_ALLOW=(f"{flights.host}:{flights.port}",))
    with django_db_blocker.unblock(), reachable, transaction.atomic():
        yield squad.load(flights).pk
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: int, db: None) -> Squad:
    """The demo's squad; what a test does to it is taken back."""
    return Squad.objects.get(pk=loaded)
