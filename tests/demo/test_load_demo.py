"""The command that a start runs."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from mdd import engines
from mdd.engines import FlightsServer
from mdd.models import Squad, User
from workshops.demo import flights as loader
from workshops.demo import people


@pytest.fixture
def instance(db: None, settings: Settings, tmp_path: Path, flights: FlightsServer) -> Path:
    """A folder of its own for what the command leaves, on a machine that nobody else reaches."""
    settings.EGRESS_ALLOW = (f"{flights.host}:{flights.port}",)
    settings.INSTANCE = replace(settings.INSTANCE, data=tmp_path)
    settings.IS_LOCAL = True
    return tmp_path


@pytest.mark.long
def test_the_first_start_leaves_the_password_for_the_terminal_only(instance: Path) -> None:
    call_command("load_demo")

    left = instance / "demo-user"
    email, password = left.read_text().split()
    assert authenticate(None, email=email, password=password) == User.objects.get(email=people.SIGN_IN)
    assert left.stat().st_mode & 0o077 == 0


@pytest.mark.long
def test_a_later_start_leaves_nothing(instance: Path) -> None:
    call_command("load_demo")
    (instance / "demo-user").unlink()

    call_command("load_demo")

    assert not (instance / "demo-user").exists()


def test_where_others_can_reach_it_the_demo_user_is_shut_out(instance: Path, settings: Settings, squad: Squad) -> None:
    people.open_door(squad)
    settings.IS_LOCAL = False

    call_command("load_demo")

    assert not User.objects.get(email=people.SIGN_IN).has_usable_password()


def test_nothing_is_loaded_where_others_can_reach_it(instance: Path, settings: Settings) -> None:
    settings.IS_LOCAL = False

    call_command("load_demo")

    assert not Squad.objects.exists()


def test_a_missing_package_ends_it_with_one_sentence(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(server: engines.FlightsServer) -> int:
        raise loader.FlightsMissingError("The demo's flights are missing.")

    monkeypatch.setattr(loader, "load", missing)

    with pytest.raises(CommandError, match="flights are missing"):
        call_command("load_demo")
