"""Where the addresses and keys of an instance come from, and which are refused."""

import base64
import os
import re
import socket
import stat
from pathlib import Path

import pytest

from mdd.engines import Trouble, environment, instance
from tests.processes import run

SECRET = "an0ther-secret-key-that-is-long-enough-for-everybody-here"
KEY = base64.urlsafe_b64encode(os.urandom(32)).decode()
REAL = {"DATABASE_URL": "postgresql://u:p@db.example/mdd", "REDIS_URL": "redis://cache.example:6380/1"}


def test_embedded_keys_are_made_once_and_for_our_eyes_only(tmp_path: Path) -> None:
    data = tmp_path / "new"

    first, second = (environment({"MDD_DATA": str(data)}) for _ in range(2))

    assert first == second
    assert first.embedded
    assert stat.S_IMODE((data / "instance.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)

    environment({"MDD_DATA": str(tmp_path)})

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_secrets_are_not_in_the_printed_form(tmp_path: Path) -> None:
    ours = environment({"MDD_DATA": str(tmp_path)})

    shown = repr(ours) + repr(instance.of(tmp_path))

    remembered = instance.of(tmp_path)
    secrets = [remembered.secret_key, *remembered.source_keys, remembered.postgres_password]
    assert not [secret for secret in secrets if secret in shown]


def test_real_servers_are_taken_as_they_are_set(tmp_path: Path) -> None:
    ours = environment({"MDD_DATA": str(tmp_path), "SECRET_KEY": SECRET, "SOURCE_KEYS": KEY, **REAL})

    assert (ours.database_url, ours.redis_url) == tuple(REAL.values())
    assert ours.listeners == (("db.example", 5432), ("cache.example", 6380))
    assert not ours.embedded
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({}, "SECRET_KEY must be too"),
        ({"SECRET_KEY": SECRET}, "SOURCE_KEYS must be too"),
        ({"SECRET_KEY": "short", "SOURCE_KEYS": KEY}, "too short"),
        ({"SECRET_KEY": "a" * 64, "SOURCE_KEYS": KEY}, "too plain"),
        ({"SECRET_KEY": SECRET, "SOURCE_KEYS": "not base64"}, "32 random bytes"),
        ({"SECRET_KEY": SECRET, "SOURCE_KEYS": KEY[:20]}, "32 random bytes"),
        ({"SECRET_KEY": SECRET, "SOURCE_KEYS": "A" * 43 + "="}, "32 random bytes"),
        ({"SECRET_KEY": SECRET, "SOURCE_KEYS": f"{KEY},{KEY}"}, "twice"),
        ({"SECRET_KEY": SECRET, "SOURCE_KEYS": f"{KEY}!!"}, "32 random bytes"),
    ],
)
def test_a_real_database_without_good_keys_is_refused(tmp_path: Path, keys: dict[str, str], sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        environment({"MDD_DATA": str(tmp_path), **REAL, **keys})


def test_a_refusal_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = run(["manage.py", "check"], MDD_DATA=str(tmp_path), DATABASE_URL=REAL["DATABASE_URL"], REDIS_URL="")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "SECRET_KEY" in done.stderr


def test_a_port_is_kept_until_somebody_else_has_it(tmp_path: Path) -> None:
    first = instance.of(tmp_path)
    with socket.create_server(("127.0.0.1", first.valkey_port)):
        second = instance.with_free_ports(tmp_path)

    assert second.valkey_port != first.valkey_port
    assert second.postgres_port == first.postgres_port
    assert instance.of(tmp_path) == second


def test_no_connection_takes_the_port_of_an_engine_that_is_down_for_a_moment(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        lent = (server.getsockname()[1], client.getsockname()[1])
    remembered = instance.of(tmp_path)

    assert max(remembered.postgres_port, remembered.valkey_port, remembered.flights_port) < min(lent)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "instance.json").write_text("{")

    with pytest.raises(Trouble, match=r"instance\.json cannot be read"):
        instance.of(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Trouble, match="set MDD_DATA to a folder that you may write"):
        environment({"MDD_DATA": str(tmp_path / "file" / "data")})


@pytest.mark.parametrize("wrong", ["yes", "*", "10.0.1.5/24", "proxy.example", "10.0.0.5:443", "1"])
def test_a_proxy_without_an_address_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(Trouble, match=f"MDD_TRUSTED_PROXY names '{re.escape(wrong)}', which is neither an address nor"):
        environment({"MDD_DATA": str(tmp_path), "MDD_TRUSTED_PROXY": f"10.0.0.5,{wrong}"})
