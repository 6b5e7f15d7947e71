"""The demo's source, and the squad loaded by two at once."""

from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from mdd.engines import FlightsServer
from mdd.models import Squad
from metrics import context
from metrics.actions import sources
from metrics.models import Source
from metrics.sources.errors import Code, SourceError
from tests.builders import make_squad
from tests.races import race
from workshops.demo import squad as loader


@pytest.mark.django_db(transaction=True)
def test_two_loaders_at_once_make_one_squad(flights: FlightsServer, settings: Settings) -> None:
    settings.EGRESS_ALLOW = (f"{flights.host}:{flights.port}",)

    second = race(lambda: loader.load(flights), lambda: loader.load(flights))

    assert second.result() == Squad.objects.get()


def test_a_server_that_moved_is_found_again(source: Source, flights: FlightsServer) -> None:
    loader.reach(replace(flights, port=1, reader_password="another"))

    source.refresh_from_db()
    assert source.config["port"] == 1
    assert context.secrets_of(source) == {"password": "another"}


def test_what_an_operator_changed_at_the_source_stays(source: Source, flights: FlightsServer) -> None:
    Source.objects.update(is_for_all=False, concurrency=1)

    loader.reach(replace(flights, port=1))

    assert Source.objects.filter(is_for_all=False, concurrency=1).exists()


def test_any_squad_may_ask_the_flights(source: Source) -> None:
    assert Source.objects.granted_to(make_squad()).get() == source


def test_the_source_has_nothing_to_warn_of(source: Source) -> None:
    assert sources.check(source).warnings == ()


def test_a_source_that_is_not_on_the_operators_list_is_out_of_reach(source: Source, settings: Settings) -> None:
    settings.EGRESS_ALLOW = ()

    with pytest.raises(SourceError) as caught:
        sources.check(source)

    assert caught.value.code == Code.BLOCKED
