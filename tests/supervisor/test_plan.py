"""What the supervisor is told of each process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.main import main as uvicorn

from mdd.supervisor import plan, settings

PERSON = "203.0.113.9"


def told_to_web(data: Path, monkeypatch: pytest.MonkeyPatch, trusted: str) -> dict[str, Any]:
    """What uvicorn understands of the command that starts web."""
    monkeypatch.setenv("MDD_DATA", str(data))
    monkeypatch.setenv("MDD_TRUSTED_PROXY", trusted)
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    web = next(child for child in plan.of(settings.read()).apps if child.name == "web")
    argv = list(web.command().argv)
    return uvicorn.make_context("uvicorn", argv[argv.index("uvicorn") + 1 :]).params


def taken_for(told: dict[str, Any], proxy: str) -> str:
    """The address that MDD sees when this proxy hands on what a person asks."""
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    known = {name: told[name] for name in ("proxy_headers", "forwarded_allow_ips")}
    config = Config(app, log_config=None, interface="asgi3", **known)
    config.load()
    scope = {"type": "http", "client": (proxy, 4321), "headers": [(b"x-forwarded-for", PERSON.encode())]}
    asyncio.run(config.loaded_app(scope, None, None))
    return seen[0]


def test_postgresql_may_replay_its_log_for_minutes(tmp_path: Path) -> None:
    start = settings.read({"MDD_DATA": str(tmp_path), "MDD_DEMO": "1"})

    patient = {child.name for child in plan.of(start).engines if child.ready_within >= 600}

    assert patient == {"postgres", "flights"}


@pytest.mark.parametrize(
    ("trusted", "proxy", "address"),
    [
        ("10.0.0.5, 10.0.1.0/24", "10.0.0.5", PERSON),
        ("10.0.0.5, 10.0.1.0/24", "10.0.1.77", PERSON),
        ("10.0.0.5, 10.0.1.0/24", "10.0.2.1", "10.0.2.1"),
        ("2001:db8::/32", "2001:db8::7", PERSON),
        ("1", "127.0.0.1", PERSON),
        ("1", "::1", PERSON),
        ("1", "10.0.0.5", "10.0.0.5"),
        ("", "127.0.0.1", "127.0.0.1"),
        ("0", "127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_person_is_known_by_their_own_address_behind_a_trusted_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: str, proxy: str, address: str
) -> None:
    assert taken_for(told_to_web(tmp_path, monkeypatch, trusted), proxy) == address
