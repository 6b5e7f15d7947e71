"""Sources as an operator would add them, and a way to ask them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from metrics import egress
from metrics.sources.contract import Context, Limits, Result, Window
from metrics.sources.deadline import Deadline
from metrics.sources.postgres import Postgres
from tests.servers import Server

Ask = Callable[..., Result]
WINDOW = Window(
    datetime(2026, 3, 1, tzinfo=UTC),
    datetime(2026, 3, 2, tzinfo=UTC),
    timedelta(hours=1),
    ZoneInfo("Europe/Stockholm"),
)


@pytest.fixture
def context_of(server: Server) -> Callable[..., Context]:
    def made(
        *, seconds: float = 10, is_wanted: Callable[[], bool] = lambda: True, limits: Limits | None = None
    ) -> Context:
        given = {"password": server.password}
        return Context(Deadline(seconds), egress.guard(), given.__getitem__, is_wanted, limits or Limits())

    return made


@pytest.fixture
def ask(server: Server, context_of: Callable[..., Context]) -> Ask:
    def asked(text: str, *, window: Window = WINDOW, config: dict[str, Any] | None = None, **context: Any) -> Result:
        return Postgres().run(config or server.config(), text, window, context_of(**context))

    return asked
