"""Signs of life of processes, in the database."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from mdd.models import Heartbeat

log = logging.getLogger(__name__)

SPACING = 1.0  # seconds between two rows written by one process under one name
last: dict[str, float] = {}


def beat(name: str) -> None:
    """Write that `name` is alive now. A database that is away is somebody else's alarm."""
    if time.monotonic() - last.get(name, -SPACING) < SPACING:
        return
    try:
        Heartbeat.objects.bulk_create(
            [Heartbeat(name=name, at=timezone.now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["at"],
        )
    except (DatabaseError, InterfaceError) as error:
        log.warning("No sign of life written for %s: %s", name, type(error).__name__)
        return
    last[name] = time.monotonic()
