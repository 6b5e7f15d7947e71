"""Is it up, and does it work? For supervisors, containers and load balancers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mdd.models import Heartbeat

SECONDS = 2.0
AWAY = (DatabaseError, InterfaceError)
# A worker may be busy for as long as a task may hang; beat ticks every few seconds.
PATIENCE = {"worker:fast": 90.0, "worker:refresh": 90.0, "beat": 30.0}


class Part(TypedDict):
    """`age`: seconds since the last sign of life."""

    works: bool
    age: float | None


last_seen: dict[str, float] = {}


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers: asks nobody, touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say what works, with the seconds since its last sign of life; 503 when anything does not."""
    parts = {"database": _asked("database", _database_answers), "redis": _asked("redis", _redis_answers)} | _beats()
    ready = all(part["works"] for part in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def _asked(name: str, answers: Callable[[], bool]) -> Part:
    """Ask now. The age is that of the last answer that this process had; None when it never had one."""
    works = answers()
    if works:
        last_seen[name] = time.monotonic()
    age = round(time.monotonic() - last_seen[name], 1) if name in last_seen else None
    return {"works": works, "age": age}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except AWAY:
        return False
    return True


def _redis_answers() -> bool:
    try:
        with redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _beats() -> dict[str, Part]:
    """Read each process's heartbeat. One that never wrote, or cannot be read, has no age and does not work."""
    try:
        written = dict(Heartbeat.objects.values_list("name", "at"))
    except AWAY:
        written = {}
    return {name: _heard(written.get(name), patience) for name, patience in PATIENCE.items()}


def _heard(at: datetime | None, patience: float) -> Part:
    if at is None:
        return {"works": False, "age": None}
    age = round((timezone.now() - at).total_seconds(), 1)
    return {"works": age <= patience, "age": age}
