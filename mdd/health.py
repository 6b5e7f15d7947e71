"""Is it up, and does it work? For supervisors, containers and load balancers."""

from __future__ import annotations

import time
from collections.abc import Callable

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
    ages = {"database": _age_of("database", _database_answers), "redis": _age_of("redis", _redis_answers)} | _beats()
    parts = {name: {"works": works(name, age), "age": age} for name, age in ages.items()}
    ready = all(part["works"] for part in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def works(name: str, age: float | None) -> bool:
    return age is not None and age <= PATIENCE.get(name, 0.0)


def _age_of(name: str, answers: Callable[[], bool]) -> float | None:
    """Return the seconds since this process last had an answer: 0 when it has one now, None when it never had."""
    if answers():
        last_seen[name] = time.monotonic()
        return 0.0
    return round(time.monotonic() - last_seen[name], 1) if name in last_seen else None


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


def _beats() -> dict[str, float | None]:
    """Return the age of each process's last heartbeat, None for one that never wrote or cannot be read."""
    try:
        written = dict(Heartbeat.objects.values_list("name", "at"))
    except AWAY:
        written = {}
    now = timezone.now()
    return {name: round((now - written[name]).total_seconds(), 1) if name in written else None for name in PATIENCE}
