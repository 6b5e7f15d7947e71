"""Where engines live."""

import os
import pwd
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from mdd.engines import home as homes
from mdd.engines.home import Home

ENGINES = 3
SLOW_USERADD = """\
#!/bin/sh
echo "$@" >> "$0.runs"
sleep 0.2
touch "$0.made"
"""


def test_engines_that_start_at_once_share_a_room(tmp_path: Path) -> None:
    home, together = Home(tmp_path, user=None), Barrier(ENGINES)

    def come(number: int) -> list[Path]:
        together.wait()
        return [home.room(f"room {each}") for each in range(200)]

    with ThreadPoolExecutor(ENGINES) as pool:
        came = list(pool.map(come, range(ENGINES)))

    assert came == [came[0]] * ENGINES


def test_engines_that_start_at_once_make_their_user_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    useradd, together = tmp_path / "useradd", Barrier(ENGINES)
    useradd.write_text(SLOW_USERADD)
    useradd.chmod(0o755)

    def getpwnam(name: str) -> str:
        if not Path(f"{useradd}.made").exists():
            raise KeyError(name)
        return name

    monkeypatch.setattr(homes, "SHARED", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", getpwnam)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def come(_number: int) -> str | None:
        together.wait()
        return homes.of(tmp_path).user

    with ThreadPoolExecutor(ENGINES) as pool:
        assert list(pool.map(come, range(ENGINES))) == [homes.ENGINE_USER] * ENGINES
    assert len(Path(f"{useradd}.runs").read_text().splitlines()) == 1
