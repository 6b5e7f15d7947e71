"""What cannot go well is refused in one sentence that says what to do, before anything runs."""

from __future__ import annotations

import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from mdd.engines import instance
from tests.processes import CHECKOUT, environ, run


def refusal(arguments: list[str], **settings: str) -> str:
    done = run(arguments, **settings)
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal(["-m", "mdd.supervisor"], MDD_DATA=str(tmp_path), PORT=str(port))

    assert f"port {port}" in said
    assert f"make run PORT={port + 1}" in said


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert "give a number from 1 to 65535" in refusal(["-m", "mdd.supervisor"], MDD_DATA=str(tmp_path), PORT=port)


def test_an_address_that_is_not_ours(tmp_path: Path) -> None:
    said = refusal(["-m", "mdd.supervisor"], MDD_DATA=str(tmp_path), HOST="203.0.113.7", PORT=str(instance.free_port()))

    assert "Cannot listen on 203.0.113.7" in said


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = refusal(["-m", "mdd.supervisor"], MDD_DATA=str(tmp_path / "file" / "data"))

    assert "set MDD_DATA to a folder that you may write" in said


def test_real_servers_without_keys(tmp_path: Path) -> None:
    said = refusal(
        ["-m", "mdd.supervisor"],
        MDD_DATA=str(tmp_path),
        DATABASE_URL="postgresql://db.example/mdd",
        PORT=str(instance.free_port()),
    )

    assert "SECRET_KEY must be too" in said


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which nothing was installed yet."""
    shutil.copy(CHECKOUT / "Makefile", tmp_path)
    shutil.copytree(CHECKOUT / "requirements", tmp_path / "requirements")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(CHECKOUT / name, tmp_path)
    (tmp_path / "mdd").mkdir()
    (tmp_path / "mdd" / "assets.py").touch()
    return tmp_path


def python(folder: Path, script: str, name: str = "python") -> Path:
    """A Python that does what the script says."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def made(checkout: Path, **settings: str) -> str:
    done = subprocess.run(
        ["make", "run", *(f"{name}={value}" for name, value in settings.items())],
        cwd=checkout,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (checkout / ".venv" / ".made").exists()
    return done.stderr


def test_a_python_that_is_too_old(checkout: Path) -> None:
    old = python(checkout, "exit 1")

    assert f"{old} is older than Python 3.11: install that or name it" in made(checkout, PYTHON=str(old))


def test_no_python_at_all(checkout: Path) -> None:
    assert "MDD needs Python 3.11 or newer: install it" in made(checkout, PYTHON="")


def test_a_python_without_venv(checkout: Path) -> None:
    bare = python(checkout, 'case "$2" in *venv*) exit 1;; esac; exit 0')

    assert "The Python module venv is missing: install it" in made(checkout, PYTHON=str(bare))


def test_a_python_without_venv_is_passed_over_for_one_that_has_it(checkout: Path) -> None:
    bare = python(checkout, 'case "$2" in *venv*) exit 1;; esac; exit 0', "bare")
    whole = python(checkout, "exit 0", "whole")

    asked = ["make", "--silent", f"PYTHONS={bare} {whole}", "--eval=chosen: ; @echo $(PYTHON)", "chosen"]

    assert subprocess.check_output(asked, cwd=checkout, env=environ(), text=True).strip() == str(whole)
