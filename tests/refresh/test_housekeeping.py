"""What is removed because nobody looks at it any more."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from metrics.queue import housekeeping


def limits() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM mdd_cache ORDER BY cache_key")
        return [key for (key,) in cursor]


def test_limits_of_sign_in_stay_for_their_time_however_many_they_are(db: None) -> None:
    for number in range(400):
        cache.set(f"{number:03}", 1, timeout=300)

    housekeeping.tidy()

    assert len(limits()) == 400


def test_limits_that_are_over_are_removed(db: None) -> None:
    cache.set("short", 1, timeout=60)
    cache.set("long", 1, timeout=600)

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        housekeeping.tidy()

    assert limits() == ["mdd:1:long"]
